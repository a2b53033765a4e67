namespace TrafficAI.Signals.Street;

/// <summary>How a simulated loop lies in its lane.</summary>
public static class LoopExtent
{
    /// <summary>A loop is 2 m long, as real ones are, its middle where the detector lies. SUMO's loops without length, at 1 m before the
    /// stop line, miss the first vehicle that waits there, since it halts just at that point.</summary>
    public const double LengthMetres = 2;

    /// <summary>Where a loop begins and how long it is, in metres, so that it lies wholly in its lane.</summary>
    public static (double Begin, double Length) Of(double middle, double laneLength)
    {
        var length = Math.Min(LengthMetres, laneLength / 2);
        return (Math.Clamp(middle - length / 2, 0, laneLength - length - 0.001), length);
    }
}
