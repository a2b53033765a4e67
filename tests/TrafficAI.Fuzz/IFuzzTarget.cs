namespace TrafficAI.Fuzz;

/// <summary>A reader that is given damaged input.</summary>
internal interface IFuzzTarget
{
    /// <summary>The next input; the same chance gives the same one.</summary>
    byte[] Make(Random chance);

    /// <summary>Reads it.</summary>
    /// <returns>Whether it was read.</returns>
    /// <exception cref="Exception">It was refused, if <see cref="IsRefusal"/> says so; anything else is a defect.</exception>
    bool Read(byte[] input);

    /// <summary>Whether the documentation of the reader names this exception.</summary>
    bool IsRefusal(Exception e);

    /// <summary>Bytes that reading an input of so many bytes may allocate.</summary>
    long MostBytes(int length) => (64L << 20) + 4096L * length;
}
