using System.Buffers;
using System.Text;

namespace TrafficAI.Runtime;

/// <summary>Writes bytes, variable-length numbers and texts.</summary>
public sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    /// <summary>Seven bits a byte, low first; the top bit says that more follow.</summary>
    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>Their number, then they themselves.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        buffer.Write(value);
    }

    /// <summary>Its length in bytes, then UTF-8.</summary>
    public void Text(string value)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, buffer);
    }
}
