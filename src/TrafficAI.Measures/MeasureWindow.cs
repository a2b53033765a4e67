namespace TrafficAI.Measures;

/// <summary>What is measured of a stream of facts. Facts before it still count for what they lead to within it.</summary>
/// <param name="From">First street second.</param>
/// <param name="To">The street second after the last.</param>
/// <param name="BinSeconds">Length of a bin, at least 1. Bins begin at multiples of it, so that those of two days lie alike.</param>
public readonly record struct MeasureWindow(long From, long To, int BinSeconds)
{
    public const int DefaultBinSeconds = 900;

    /// <summary>Everything, in quarters of an hour.</summary>
    public static MeasureWindow Everything { get; } = new(long.MinValue, long.MaxValue, DefaultBinSeconds);

    public bool Has(long second) => second >= From && second < To;

    /// <summary>Where the bin of a second begins.</summary>
    public long BinOf(long second) => second - (second % BinSeconds + BinSeconds) % BinSeconds;
}
