using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Cli.Coordination;

/// <summary>What <c>coordinate</c> prints.</summary>
public static class CoordinationText
{
    public static string Of(CorridorModel corridor, CoordinatedOffsets solved)
    {
        var text = new StringBuilder();
        var length = corridor.Outbound[^1].DistanceMetres;
        text.AppendLine(CultureInfo.InvariantCulture, $"corridor {corridor.Choice.Name}: {corridor.Length} junctions, {length:0} m{(corridor.IsOneWay ? ", one way" : "")}, cycle {corridor.Problem.CycleSeconds} s");
        var width = Math.Max(8, corridor.Signals.Max(s => s.Id.Value.Length));
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"junction".PadRight(width)}  offset  cycle  green out  green in  distance");
        for (var i = 0; i < corridor.Length; i++) text.AppendLine(Row(corridor, solved.Offsets, i, width));
        text.Append(Bands(corridor, solved));
        return text.ToString();
    }

    private static string Row(CorridorModel corridor, ImmutableArray<int> offsets, int i, int width)
    {
        var junction = corridor.Problem.Junctions[i];
        var inbound = corridor.IsOneWay ? "-" : Seconds(GreenRuns.Longest(junction.InboundGreen));
        return string.Create(CultureInfo.InvariantCulture,
            $"  {corridor.Signals[i].Id.Value.PadRight(width)}  {Seconds(offsets[i]),6}  {Seconds(corridor.Signals[i].LocalPlan.CycleSeconds),5}"
            + $"  {Seconds(GreenRuns.Longest(junction.OutboundGreen)),9}  {inbound,8}  {corridor.Outbound[i].DistanceMetres,6:0} m");
    }

    private static string Bands(CorridorModel corridor, CoordinatedOffsets solved)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"  band out  {solved.Outbound.WidthSeconds} s, at most {solved.OutboundBound} s (the shortest green of any junction)");
        if (!corridor.IsOneWay) text.AppendLine(CultureInfo.InvariantCulture, $"  band in   {solved.Inbound.WidthSeconds} s, at most {solved.InboundBound} s");
        return text.ToString();
    }

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
}
