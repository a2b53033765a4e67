using System.Globalization;
using System.Text;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Cli.Coordination;

/// <summary>What <c>coordinate</c> prints.</summary>
public static class CoordinationText
{
    public static string Of(CoordinationResult result, TimeSpan searched)
    {
        var text = new StringBuilder();
        var corridor = result.Corridor;
        var length = corridor.Outbound[^1].DistanceMetres;
        text.AppendLine(CultureInfo.InvariantCulture, $"corridor {corridor.Choice.Name}: {corridor.Length} junctions, {length:0} m{(corridor.IsOneWay ? ", one way" : "")}, cycle {corridor.Problem.CycleSeconds} s");
        var width = Math.Max(8, corridor.Signals.Max(s => s.Id.Value.Length));
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"junction".PadRight(width)}  offset  cycle  green out  green in  distance");
        for (var i = 0; i < corridor.Length; i++) text.AppendLine(Row(result, i, width));
        text.AppendLine(CultureInfo.InvariantCulture, $"  widest bands  {Bands(corridor, result.Widest)}; no whole-second offsets give {(result.Balanced ? "a wider narrower band" : "more")} ({searched.TotalMilliseconds:0} ms)");
        if (result.Refinement is { } refinement) Measured(text, result, refinement);
        return text.ToString();
    }

    private static string Row(CoordinationResult result, int i, int width)
    {
        var corridor = result.Corridor;
        var junction = corridor.Problem.Junctions[i];
        var inbound = corridor.IsOneWay ? "-" : Seconds(GreenRuns.Longest(junction.InboundGreen));
        return string.Create(CultureInfo.InvariantCulture,
            $"  {corridor.Signals[i].Id.Value.PadRight(width)}  {Seconds(corridor.OwnOffset(result.Kept, i)),6}  {Seconds(corridor.Signals[i].LocalPlan.CycleSeconds),5}"
            + $"  {Seconds(GreenRuns.Longest(junction.OutboundGreen)),9}  {inbound,8}  {corridor.Outbound[i].DistanceMetres,6:0} m");
    }

    /// <summary>Both bands with their bounds, and the share of the weighted bound.</summary>
    private static string Bands(CorridorModel corridor, CoordinatedOffsets solved)
    {
        var inbound = corridor.IsOneWay ? "" : string.Create(CultureInfo.InvariantCulture, $", in {solved.Inbound.WidthSeconds} of at most {solved.InboundBound} s");
        return string.Create(CultureInfo.InvariantCulture, $"out {solved.Outbound.WidthSeconds} of at most {solved.OutboundBound} s{inbound}, {100 * solved.ShareOfBound:0.0} % of the bound");
    }

    private static void Measured(StringBuilder text, CoordinationResult result, Refinement refinement)
    {
        var before = refinement.AsItWas.MeanDelayS;
        var seeds = refinement.Seeds.Length == 1 ? "1 seed" : string.Create(CultureInfo.InvariantCulture, $"{refinement.Seeds.Length} seeds");
        text.AppendLine(CultureInfo.InvariantCulture, $"measured over {seeds}, mean delay per vehicle");
        foreach (var trial in refinement.Trials.Insert(0, refinement.AsItWas))
        {
            var green = trial.ArrivalsOnGreen is { } share ? string.Create(CultureInfo.InvariantCulture, $"  {100 * share,5:0.0} % arrive on green") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {trial.Name,-16}  {trial.MeanDelayS,6:0.0} s{green}{(trial == refinement.Best ? "  <- kept" : "")}");
        }

        var gain = refinement.Best.MeanDelayS - before;
        text.AppendLine(CultureInfo.InvariantCulture, $"  kept bands    {Bands(result.Corridor, result.Kept)}");
        if (gain >= 0) text.AppendLine("  the scenario's own programmes are no worse: leave them");
    }

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
}
