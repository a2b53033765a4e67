using System.Diagnostics.CodeAnalysis;

namespace TrafficAI.Sumo;

/// <summary>A dictionary from UTF-8 names to values that is asked with bytes, so that no strings are made.</summary>
internal sealed class Utf8Map<T>
{
    private readonly Dictionary<byte[], T> entries = new(BytesComparer.Instance);
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> lookup;

    public Utf8Map() => lookup = entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    public void Set(ReadOnlySpan<byte> name, T value) => lookup[name] = value;

    public bool TryGet(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out T value) => lookup.TryGetValue(name, out value);

    public bool Remove(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out T value) => lookup.Remove(name, out _, out value);

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
