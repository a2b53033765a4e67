using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>When the vehicles or persons of a flow depart: SUMO's number, period, vehsPerHour and probability.</summary>
internal static class FlowTimes
{
    private const long Second = 1000;
    private const long Day = 86_400_000;
    private const long ShortestPeriod = 100;

    private const string NextRate = "Give one of number, period, vehsPerHour or probability";

    /// <summary>In milliseconds, ascending; only those of the window.</summary>
    /// <param name="begin">Where the flow itself names no begin.</param>
    /// <param name="end">Where the flow itself names no end; null for none.</param>
    public static IEnumerable<long> Read(DemandElement flow, DemandWindow window, long begin, long? end, SplitMix64 chance)
    {
        begin = flow.Time("begin") ?? begin;
        if (begin < 0) throw flow.Error("begins before second 0", "Correct \"begin\"");
        var number = flow.Whole("number", 0);
        if (number == 0) return [];
        var last = flow.Time("end") ?? end ?? begin + Day;
        if (last < begin) throw flow.Error("ends before it begins", "Correct \"begin\" and \"end\"");
        CheckRates(flow, number is not null);
        return (flow.Optional("period"), Rate(flow), flow.Number("probability", 0, 1)) switch
        {
            ({ } text, _, _) when text.StartsWith("exp(", StringComparison.Ordinal) =>
                Poisson(PerSecond(flow, text[4..].TrimEnd(')')), begin, flow.Has("end") || number is null ? last : null, number, window, chance),
            ({ } text, _, _) => Regular(Period(flow, flow.Number("period", text, 0)), begin, last, number, window),
            (_, { } rate, _) => Regular(Period(flow, 3600 / rate), begin, last, number, window),
            (_, _, { } probability) => Chances(probability, begin, flow.Has("end") || number is null ? last : long.MaxValue, number, window, chance),
            _ => Regular(Period(flow, (last - begin) / number!.Value / 1000.0), begin, last, number, window),
        };
    }

    private static void CheckRates(DemandElement flow, bool hasNumber)
    {
        var rates = (flow.Has("period") ? 1 : 0) + (Rate(flow) is not null ? 1 : 0) + (flow.Has("probability") ? 1 : 0);
        if (rates > 1) throw flow.Error("names more than one rate", NextRate);
        if (rates == 0 && !hasNumber) throw flow.Error("names no rate", NextRate);
    }

    private static double? Rate(DemandElement flow) => flow.Positive("vehsPerHour") ?? flow.Positive("perHour") ?? flow.Positive("personsPerHour");

    private static long Period(DemandElement flow, double seconds) =>
        Math.Round(seconds * Second) is >= ShortestPeriod and < long.MaxValue / 4 and var period ? (long)period : throw TooMany(flow);

    private static double PerSecond(DemandElement flow, string text) =>
        flow.Number("period", text, 0) is > 0 and <= Second / (double)ShortestPeriod and var rate ? rate : throw TooMany(flow);

    private static DemandException TooMany(DemandElement flow) =>
        flow.Error("makes more than 10 vehicles a second, or none ever", "Correct its rate, or give several flows");

    private static IEnumerable<long> Regular(long period, long begin, long end, int? number, DemandWindow window)
    {
        var count = number ?? (end - begin + period - 1) / period;
        var first = begin >= window.BeginMilliseconds ? 0 : (window.BeginMilliseconds - begin + period - 1) / period;
        for (var i = first; i < count && window.Holds(begin + i * period); i++)
            yield return begin + i * period;
    }

    /// <summary>Independent gaps between vehicles, so many per second on average.</summary>
    private static IEnumerable<long> Poisson(double perSecond, long begin, long? end, int? number, DemandWindow window, SplitMix64 chance)
    {
        var at = (double)begin;
        for (var i = 0; i < (number ?? int.MaxValue); i++)
        {
            at += DemandChance.NextExponential(chance) / perSecond * Second;
            var time = (long)Math.Round(at);
            if (time >= (end ?? long.MaxValue) || time >= window.EndMilliseconds) yield break;
            if (time >= window.BeginMilliseconds) yield return time;
        }
    }

    /// <summary>At most one a second.</summary>
    private static IEnumerable<long> Chances(double probability, long begin, long end, int? number, DemandWindow window, SplitMix64 chance)
    {
        var count = 0;
        var first = (Math.Max(begin, window.BeginMilliseconds) + Second - 1) / Second * Second;
        for (var time = first; time < Math.Min(end, window.EndMilliseconds) && count < (number ?? int.MaxValue); time += Second)
        {
            if (chance.NextUnit() >= probability) continue;
            count++;
            yield return time;
        }
    }
}
