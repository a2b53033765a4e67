using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Coordination;

/// <summary>What <c>coordinate</c> found: the stable JSON of its <c>--json</c>, documented in docs/json.md.</summary>
/// <param name="Scenario">As the user named it.</param>
/// <param name="Balanced">The narrower band came before the weighted sum.</param>
/// <param name="Widest">The offsets with the widest bands.</param>
/// <param name="Refinement">What was driven; null with <c>--no-refine</c>.</param>
/// <param name="Command">The command line that made it.</param>
public sealed record CoordinationResult(CorridorModel Corridor, string Scenario, string Class, bool Balanced, CoordinatedOffsets Widest, Refinement? Refinement, string Command)
{
    public const string SchemaName = "trafficai.coordinate.v1";

    /// <summary>The offsets to take: those with the least delay of all that were driven, else the widest bands.</summary>
    public CoordinatedOffsets Kept => Refinement?.Best.Offsets is { } best ? CoordinatedOffsets.Of(Corridor.Problem, best) : Widest;

    /// <summary>What <c>--json</c> writes.</summary>
    public object ToJson() => new
    {
        Schema = SchemaName,
        Build = RunHeader.ThisBuild,
        Command,
        Scenario,
        Class,
        Balanced,
        Corridor = Corridor.Choice.Name,
        CycleS = Corridor.Problem.CycleSeconds,
        WeightOut = Corridor.Problem.OutboundWeight,
        WeightIn = Corridor.Problem.InboundWeight,
        Junctions = Enumerable.Range(0, Corridor.Length).Select(Junction),
        Widest = Offsets(Widest),
        Kept = Offsets(Kept),
        Measured = Refinement is { } driven ? new { driven.Seeds, AsItWas = Measured(driven.AsItWas), Trials = driven.Trials.Select(Measured), Kept = driven.Best.Name } : null,
    };

    private object Junction(int i) => new
    {
        Intersection = Corridor.Signals[i].Id.Value,
        CycleS = Corridor.Signals[i].LocalPlan.CycleSeconds,
        DistanceM = Corridor.Outbound[i].DistanceMetres,
        TravelOutS = Corridor.Problem.Junctions[i].OutboundSeconds,
        TravelInS = Corridor.IsOneWay ? (int?)null : Corridor.Problem.Junctions[i].InboundSeconds,
        GreenOut = GreenRuns.Windows(Corridor.Problem.Junctions[i].OutboundGreen).Select(Ends),
        GreenIn = Corridor.IsOneWay ? null : GreenRuns.Windows(Corridor.Problem.Junctions[i].InboundGreen).Select(Ends),
    };

    private object Offsets(CoordinatedOffsets solved) => new
    {
        OffsetsS = solved.Offsets,
        BandOut = new { BeginS = solved.Outbound.BeginSecond, WidthS = solved.Outbound.WidthSeconds, MostS = solved.OutboundBound },
        BandIn = Corridor.IsOneWay ? null : new { BeginS = solved.Inbound.BeginSecond, WidthS = solved.Inbound.WidthSeconds, MostS = solved.InboundBound },
        ShareOfBound = solved.ShareOfBound,
    };

    private static object Measured(Trial trial) => new { trial.Name, OffsetsS = trial.Offsets, trial.MeanDelayS, trial.DelaysS, trial.ArrivalsOnGreen };

    private static int[] Ends((int Begin, int End) window) => [window.Begin, window.End];
}
