namespace TrafficAI.FieldBus.Sessions;

/// <summary>Finds out from the plans that frames name after how many seconds plans act, where that is later than decisions reckon with. Not thread-safe.</summary>
/// <param name="ours">From a frame to the first second on which a plan on it acts.</param>
internal sealed class LatencyWatch(int ours)
{
    /// <summary>So many frames in a row must agree.</summary>
    public const int Frames = 30;

    private long seen;
    private long told = ours;
    private int inARow;

    /// <param name="baseSequence">Base frame of the plan that the controller obeys.</param>
    /// <returns>The latency when it is longer than what was told last; else null.</returns>
    public int? Hear(ulong sequence, ulong baseSequence)
    {
        // The frame is of the second before its own.
        var latency = (long)sequence - 1 - (long)baseSequence;
        inARow = latency == seen ? inARow + 1 : 1;
        seen = latency;
        if (inARow != Frames || latency <= told) return null;
        told = latency;
        return (int)Math.Min(latency, WireLimits.LeaseSeconds);
    }
}
