using System.Collections.Immutable;
using TrafficAI.Optimisation.Reconstruction;

namespace TrafficAI.Cli.WhatIf;

/// <summary>What detectors tell of a run, whichever street it was.</summary>
/// <param name="Served">Vehicles that passed stop lines; one that passes three counts three times.</param>
/// <param name="DelayS">Standing in queues before stop lines, as estimated, seconds per vehicle served.</param>
internal sealed record WhatIfFigures(long Served, double DelayS)
{
    public static WhatIfFigures Of(ImmutableArray<RecordedTraffic> recorded)
    {
        var served = recorded.Sum(one => one.Served);
        return new(served, served == 0 ? 0 : recorded.Sum(one => one.QueueSeconds) / served);
    }
}

/// <summary>One seed: the record, the recorded strategy again on the reconstructed demand, and the other strategy on the same.</summary>
/// <param name="Trips">Vehicles that were reconstructed.</param>
internal sealed record WhatIfSeed(int Seed, int Trips, WhatIfFigures Again, WhatIfFigures Other);

/// <summary>All seeds of a what-if.</summary>
internal sealed record WhatIfResult(string Scenario, string RecordedStrategy, string OtherStrategy, long From, long End, WhatIfFigures Recorded, ImmutableArray<WhatIfSeed> Seeds)
{
    public const double MostDelayError = 0.10;
    public const double MostServedError = 0.05;

    /// <summary>Of the recorded strategy on the reconstructed demand against the record: as a share of it, signed.</summary>
    public double DelayError => Share(Seeds.Average(seed => seed.Again.DelayS), Recorded.DelayS);

    public double ServedError => Share(Seeds.Average(seed => (double)seed.Again.Served), Recorded.Served);

    /// <summary>The street of the record is found again well enough that what the other strategy does there may be believed.</summary>
    public bool IsReliable => Math.Abs(DelayError) <= MostDelayError && Math.Abs(ServedError) <= MostServedError;

    /// <summary>Mean difference of the other strategy to the recorded one on the same seeds.</summary>
    public PairedDifference Difference(Func<WhatIfFigures, double> figure) => PairedDifference.Of([.. Seeds.Select(seed => figure(seed.Other) - figure(seed.Again))]);

    private static double Share(double value, double reference) => reference == 0 ? (value == 0 ? 0 : 1) : (value - reference) / reference;
}
