using System.Buffers.Binary;
using System.Text;

namespace TrafficAI.Sumo.Traci;

/// <summary>Builds one TraCI message: any number of commands behind one length. Reused from second to second.</summary>
internal sealed class TraciWriter
{
    private const int HeaderBytes = 4;
    private byte[] buffer = new byte[4096];
    private int length = HeaderBytes;

    /// <summary>The commands in this message, in their order.</summary>
    public List<byte> Commands { get; } = [];

    public void Clear()
    {
        length = HeaderBytes;
        Commands.Clear();
    }

    /// <summary>The whole message, its length in front.</summary>
    public ReadOnlySpan<byte> Message()
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer, length);
        return buffer.AsSpan(0, length);
    }

    public void GetVersion() => End(Begin(TraciCode.GetVersion));

    public void Close() => End(Begin(TraciCode.Close));

    /// <summary>One step of the configured length.</summary>
    public void Step()
    {
        var start = Begin(TraciCode.SimulationStep);
        Double(0);
        End(start);
    }

    public void SetTrafficLight(string light, string letters)
    {
        var start = Begin(TraciCode.SetTrafficLight);
        Byte(TraciCode.TrafficLightState);
        Text(light);
        Byte(TraciCode.TypeString);
        Text(letters);
        End(start);
    }

    public void Subscribe(byte command, string name, params ReadOnlySpan<byte> variables)
    {
        var start = Begin(command);
        ForEver();
        Text(name);
        Variables(variables);
        End(start);
    }

    /// <summary>Asks for one value of one thing.</summary>
    /// <param name="name">In UTF-8.</param>
    public void Get(byte command, byte variable, ReadOnlySpan<byte> name)
    {
        var start = Begin(command);
        Byte(variable);
        Text(name);
        End(start);
    }

    private int Begin(byte command)
    {
        Commands.Add(command);
        var start = length;
        Byte(0); // the long form: a zero, then the length in four bytes
        Reserve(4);
        length += 4;
        Byte(command);
        return start;
    }

    private void End(int start) => BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(start + 1), length - start);

    private void ForEver()
    {
        Double(TraciCode.NoValue);
        Double(TraciCode.NoValue);
    }

    private void Variables(ReadOnlySpan<byte> variables)
    {
        Byte((byte)variables.Length);
        foreach (var variable in variables)
            Byte(variable);
    }

    private void Byte(byte value)
    {
        Reserve(1);
        buffer[length++] = value;
    }

    private void Double(double value)
    {
        Reserve(8);
        BinaryPrimitives.WriteDoubleBigEndian(buffer.AsSpan(length), value);
        length += 8;
    }

    private void Text(ReadOnlySpan<byte> value)
    {
        Reserve(4 + value.Length);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(length), value.Length);
        value.CopyTo(buffer.AsSpan(length + 4));
        length += 4 + value.Length;
    }

    private void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Reserve(4 + bytes);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(length), bytes);
        Encoding.UTF8.GetBytes(value, buffer.AsSpan(length + 4));
        length += 4 + bytes;
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - length < bytes)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
    }
}
