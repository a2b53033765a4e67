using System.Buffers;
using System.Runtime.InteropServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Writes a state as the bytes that it has in memory.</summary>
internal sealed class StateWriter : IStateVisitor
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public long Number(long value)
    {
        bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(ref value)));
        return value;
    }

    public void Same(long value) => Number(value);

    public void Array<T>(Span<T> values)
        where T : unmanaged
    {
        Number(values.Length);
        bytes.Write(MemoryMarshal.AsBytes(values));
    }

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();
}
