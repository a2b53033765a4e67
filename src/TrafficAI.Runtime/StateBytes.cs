using System.Text;

namespace TrafficAI.Runtime;

/// <summary>Bytes that are written or read by one and the same walk: each member writes what it is given and hands it back, or hands back what
/// it reads.</summary>
internal sealed class StateBytes
{
    private readonly MemoryStream? written;
    private ReadOnlyMemory<byte> rest;

    private StateBytes(MemoryStream? written, ReadOnlyMemory<byte> rest) => (this.written, this.rest) = (written, rest);

    public bool Writes => written is not null;

    public ReadOnlyMemory<byte> Written => written!.ToArray();

    /// <summary>What has not been read yet.</summary>
    public ReadOnlyMemory<byte> Rest => rest;

    public static StateBytes ToWrite() => new(new MemoryStream(), default);

    public static StateBytes ToRead(ReadOnlyMemory<byte> bytes) => new(null, bytes);

    /// <summary>Seven bits a byte, low first; the top bit says that more follow. Small numbers are short, negative ones too.</summary>
    public long Number(long value)
    {
        if (written is null) return Read();
        var left = (ulong)((value << 1) ^ (value >> 63));
        for (; left >= 0x80; left >>= 7) written.WriteByte((byte)(left | 0x80));
        written.WriteByte((byte)left);
        return value;
    }

    /// <summary>A number of items that are to follow, a byte each at least.</summary>
    public int Length(int value)
    {
        var length = Number(value);
        return length >= 0 && (Writes || length <= rest.Length) ? (int)length : throw Broken();
    }

    public string? Text(string? value)
    {
        var length = Number(value is null ? -1 : Encoding.UTF8.GetByteCount(value));
        if (length == -1) return null;
        if (written is null) return Encoding.UTF8.GetString(Take(length).Span);
        written.Write(Encoding.UTF8.GetBytes(value!));
        return value;
    }

    /// <summary>Bytes as they are.</summary>
    public ReadOnlyMemory<byte> Block(ReadOnlyMemory<byte> value)
    {
        var length = Length(value.Length);
        if (written is null) return Take(length);
        written.Write(value.Span);
        return value;
    }

    public void End()
    {
        if (!rest.IsEmpty) throw Broken();
    }

    private long Read()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Take(1).Span[0];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw Broken();
    }

    private ReadOnlyMemory<byte> Take(long length)
    {
        if (length < 0 || length > rest.Length) throw Broken();
        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private static RecordException Broken() => new("a snapshot is damaged.");
}
