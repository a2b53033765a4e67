using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Lays out the splits of an intersection for given flows.</summary>
/// <remarks>A lane is the unit: who turns and who goes straight on a shared lane share its headway, each in the proportion counted. A movement that yields
/// goes at 1200 vehicles an hour less the flow that it yields to (the form of the Highway Capacity Manual of 1985, chapter 9, which has 1400), and only once the queue that has
/// gathered against it in the red has gone. Where only some movements of a
/// lane have green, on average r / (1 − r) vehicles leave before one stands at the head that has red, r being the share of those that have green.</remarks>
public sealed class SplitProblemBuilder
{
    /// <summary>A movement with a smaller share of its lane blocks nobody.</summary>
    private const double LeastShare = 0.02;

    private const double YieldingPerHour = 1200;
    private const double LeastYieldingPerHour = 150;

    private readonly IntersectionModel model;
    private readonly ImmutableArray<double> flows;
    private readonly ImmutableArray<double> headways;
    private readonly ImmutableArray<PhaseId> order;

    private SplitProblemBuilder(IntersectionModel model, ImmutableArray<double> flows, ImmutableArray<double> headways, ImmutableArray<PhaseId> order) =>
        (this.model, this.flows, this.headways, this.order) = (model, flows, headways, order);

    /// <param name="flows">Per movement, vehicles per hour.</param>
    /// <param name="headways">Per stop lane, see <see cref="IntersectionCounts.HeadwaySeconds"/>.</param>
    /// <param name="order">The phases of the cycle.</param>
    public static SplitProblem Build(IntersectionModel model, ImmutableArray<double> flows, ImmutableArray<double> headways, ImmutableArray<PhaseId> order) =>
        new SplitProblemBuilder(model, flows, headways, order).Build();

    private SplitProblem Build() => new(
        order,
        [.. order.Select((_, step) => PhaseSequences.Passage(model.Signals, order, step).Length)],
        [.. order.Select(phase => model.Signals.Phase(phase).MinimumSeconds)],
        [.. model.Lanes.Select(Load).OfType<LaneLoad>()]);

    private LaneLoad? Load(LaneModel lane)
    {
        var flow = lane.Movements.Sum(m => flows[m]);
        return flow > 0 && model.Signals.Phases.Any(p => model.Serves(p.Id, lane.Index))
            ? new(flow, [.. order.Select((_, step) => Service(lane, flow, step))])
            : null;
    }

    private LaneService Service(LaneModel lane, double flow, int step)
    {
        var phase = order[step];
        var served = lane.Movements.Where(m => model.RightOf(phase, m) != Right.None).ToList();
        var share = served.Sum(m => flows[m]) / flow;
        if (share <= 0) return default;
        var most = 1 - share < LeastShare ? double.PositiveInfinity : share / (1 - share);
        var headway = served.Sum(m => flows[m] / flow / share * Headway(lane, m, phase));
        var yielding = served.Where(m => !model.IsUnopposed(phase, m)).Sum(m => flows[m]) / flow / share;
        var opposing = served.SelectMany(m => Opposing(m, phase)).Select(foe => Ratio(model.Movements[foe].StopLane)).Append(0).Max();
        return yielding < LeastShare
            ? new(1 / headway, GreenInPassage(lane, flow, step), most)
            : new(1 / headway, GreenInPassage(lane, flow, step), most, opposing, (1 - yielding) / yielding * headways[lane.Index]);
    }

    private double Headway(LaneModel lane, int movement, PhaseId phase)
    {
        var free = headways[lane.Index];
        return model.IsUnopposed(phase, movement)
            ? free
            : Math.Max(free, 3600 / Math.Max(LeastYieldingPerHour, YieldingPerHour - Opposing(movement, phase).Sum(foe => flows[foe])));
    }

    /// <summary>Movements that a movement yields to and that have green with it.</summary>
    private IEnumerable<int> Opposing(int movement, PhaseId phase) => model.IsUnopposed(phase, movement)
        ? []
        : model.Movements[movement].YieldsTo.Where(foe => model.RightOf(phase, foe) != Right.None);

    private double Ratio(int lane) => model.Lanes[lane].Movements.Sum(m => flows[m]) * headways[lane] / 3600;

    private int GreenInPassage(LaneModel lane, double flow, int step)
    {
        var groups = lane.Movements.Where(m => flows[m] >= LeastShare * flow).Select(m => model.Movements[m].Group).ToList();
        return PhaseSequences.Passage(model.Signals, order, step).Seconds.Count(second => groups.All(g => second.Lamps[g].IsGreen()));
    }
}
