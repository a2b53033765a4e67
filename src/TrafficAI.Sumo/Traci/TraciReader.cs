using System.Buffers.Binary;
using System.Text;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo.Traci;

/// <summary>Reads one TraCI message. Whatever the bytes are, it ends with a value or an <see cref="EngineException"/>, and makes no
/// memory on the word of a length.</summary>
internal ref struct TraciReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;

    public readonly bool AtEnd => position == bytes.Length;

    public byte Byte() => Take(1)[0];

    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A text, as its UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> Text() => Take(Count(1));

    public int TypedInt()
    {
        Expect(TraciCode.TypeInteger);
        return Int();
    }

    /// <summary>A finite number.</summary>
    public double TypedDouble()
    {
        Expect(TraciCode.TypeDouble);
        var value = Double();
        return double.IsFinite(value) ? value : throw Broken("a number is not finite");
    }

    public ReadOnlySpan<byte> TypedText()
    {
        Expect(TraciCode.TypeString);
        return Text();
    }

    /// <summary>Begins a list of texts; that many <see cref="Text"/> follow.</summary>
    public int TypedTextCount()
    {
        Expect(TraciCode.TypeStringList);
        return Count(4);
    }

    /// <summary>Begins a compound that is one number of records; the records follow.</summary>
    public int CompoundCount()
    {
        Expect(TraciCode.TypeCompound);
        Int(); // how many parts SUMO says it has; the number of records is what counts
        Expect(TraciCode.TypeInteger);
        return Count(5);
    }

    /// <summary>A number of things that take at least <paramref name="bytesEach"/> bytes each, so that it cannot exceed what is left.</summary>
    public int Count(int bytesEach)
    {
        var count = Int();
        return count >= 0 && count <= (bytes.Length - position) / bytesEach ? count : throw Broken($"a count of {count}");
    }

    /// <summary>The answer to a command: passes over a good one.</summary>
    /// <exception cref="EngineException">SUMO refused the command; the message holds its reason.</exception>
    public void Status(byte command)
    {
        Length();
        var answered = Byte();
        var status = Byte();
        var reason = Text();
        if (answered != command)
            throw Broken($"an answer to command 0x{answered:x2} where 0x{command:x2} was asked");
        if (status != TraciCode.StatusOk)
            throw new EngineException($"SUMO refused command 0x{command:x2}: {SumoFile.OneLine(Encoding.UTF8.GetString(reason))}. "
                + "Check that network, routes and this SUMO version belong together.");
    }

    /// <summary>The answer to a question, as far as the value that it gives.</summary>
    /// <param name="name">Of whom the question was, in UTF-8.</param>
    /// <exception cref="EngineException">SUMO refused the question, or answers another.</exception>
    public void Value(byte command, byte variable, ReadOnlySpan<byte> name)
    {
        Status(command);
        Length();
        if (Byte() != command + TraciCode.ValueOffset || Byte() != variable || !Text().SequenceEqual(name))
            throw Broken($"another value where variable 0x{variable:x2} was asked");
    }

    /// <summary>The length in front of a command or a result. Not relied on: what follows is read by its own fields.</summary>
    public void Length()
    {
        if (Byte() == 0)
            Int();
    }

    /// <summary>The header of one variable in a subscription's result.</summary>
    /// <exception cref="EngineException">SUMO could not give it, or gives another.</exception>
    public void Variable(byte expected)
    {
        var variable = Byte();
        var status = Byte();
        if (variable != expected)
            throw Broken($"variable 0x{variable:x2} where 0x{expected:x2} was asked");
        if (status != TraciCode.StatusOk)
            throw new EngineException($"SUMO gives no value for variable 0x{expected:x2}: {SumoFile.OneLine(Encoding.UTF8.GetString(TypedText()))}. "
                + "Check the SUMO version (1.15 or newer).");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - position)
            throw Broken("it ends too early");
        var taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }

    private void Expect(byte type)
    {
        var found = Byte();
        if (found != type)
            throw Broken($"type 0x{found:x2} where 0x{type:x2} belongs");
    }

    public readonly EngineException Broken(string what) =>
        new($"SUMO's answer cannot be read: {what} (byte {position} of {bytes.Length}). "
            + "Use SUMO 1.15 or newer, and let no other program talk on its port.");
}
