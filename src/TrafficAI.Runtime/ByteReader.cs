using System.Text;

namespace TrafficAI.Runtime;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Whatever the bytes are, it ends with a value or a <see cref="RecordException"/>.</summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> rest = bytes;

    public byte Byte()
    {
        if (rest.IsEmpty) throw Broken("it ends too early");
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw Broken("a number has too many digits");
    }

    /// <summary>A number of at most <paramref name="maximum"/>.</summary>
    public ulong Number(ulong maximum)
    {
        var value = Number();
        return value <= maximum ? value : throw Broken($"{value} stands where at most {maximum} may");
    }

    /// <summary>A number of items; each takes at least a bit, so that a broken one cannot ask for the whole memory.</summary>
    public int Count(int maximum)
    {
        var value = Number();
        return value <= (ulong)Math.Min(maximum, rest.Length * 8L)
            ? (int)value
            : throw Broken($"it announces {value} items in {rest.Length} bytes");
    }

    /// <summary>At most so many bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int maximum)
    {
        var length = (int)Number((ulong)maximum);
        if (length > rest.Length) throw Broken("it ends too early");
        var bytes = rest[..length];
        rest = rest[length..];
        return bytes;
    }

    /// <summary>A text of at most <paramref name="maximumBytes"/>.</summary>
    public string Text(int maximumBytes)
    {
        var text = Bytes(maximumBytes);
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a text is not UTF-8");
        }
    }

    public readonly void End()
    {
        if (!rest.IsEmpty) throw Broken($"{rest.Length} bytes are left over");
    }

    private static RecordException Broken(string what) => new($"a recorded event is damaged: {what}. Check the log with 'trafficai check'.");
}
