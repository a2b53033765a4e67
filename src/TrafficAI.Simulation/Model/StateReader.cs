using System.Runtime.InteropServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Reads what <see cref="StateWriter"/> has written.</summary>
internal sealed class StateReader(byte[] bytes) : IStateVisitor
{
    private int at;

    public long Number(long value) => MemoryMarshal.Read<long>(Take(sizeof(long)));

    public void Same(long value)
    {
        if (Number(0) != value) throw Broken("is of another street: network, demand, step and begin must be the same");
    }

    public void Array<T>(Span<T> values)
        where T : unmanaged
    {
        Same(values.Length);
        var target = MemoryMarshal.AsBytes(values);
        Take(target.Length).CopyTo(target);
    }

    /// <summary>Nothing may be left.</summary>
    public void End()
    {
        if (at != bytes.Length) throw Broken("is longer than a state of this street");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (bytes.Length - at < count) throw Broken("ends too early");
        at += count;
        return bytes.AsSpan(at - count, count);
    }

    private static ArgumentException Broken(string what) => new($"The saved state {what}. Save it again with this build.");
}
