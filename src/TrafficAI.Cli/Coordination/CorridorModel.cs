using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Coordination;

/// <summary>A corridor of a site, brought to a common cycle.</summary>
/// <param name="Programs">Per junction its programme, lengthened or shortened where its own cycle is neither the common one nor half of it.</param>
/// <param name="Signals">Per junction what the site makes of that programme.</param>
/// <param name="Outbound">The stop lines of the direction in which the junctions are named.</param>
/// <param name="Inbound">The stop lines of the other direction, in driving order; empty for a one-way road.</param>
/// <param name="Problem">What is to be solved.</param>
public sealed record CorridorModel(
    CorridorChoice Choice,
    ImmutableArray<SignalProgram> Programs,
    ImmutableArray<IntersectionSignals> Signals,
    ImmutableArray<RouteStop> Outbound,
    ImmutableArray<RouteStop> Inbound,
    CoordinationProblem Problem)
{
    public int Length => Signals.Length;

    public bool IsOneWay => Inbound.IsEmpty;

    /// <summary>An offset within the junction's own cycle, which may be half of the common one.</summary>
    public int OwnOffset(CoordinatedOffsets solved, int junction) => solved.Offsets[junction] % Signals[junction].LocalPlan.CycleSeconds;

    /// <summary>The inbound stop line of a junction.</summary>
    public RouteStop InboundAt(int junction) => Inbound[^(junction + 1)];

    /// <param name="cycle">Common cycle, s; null for the longest of the junctions' plans.</param>
    /// <param name="metresPerSecond">Speed between the stop lines; null for the speed limits.</param>
    /// <exception cref="InputException">There is no way along the corridor, or a plan does not fit into the cycle.</exception>
    /// <exception cref="SignalsException">A plan cannot be brought to the cycle.</exception>
    public static CorridorModel Build(Site site, CorridorChoice choice, ControlClass controlClass, int? cycle, double? metresPerSecond)
    {
        if (controlClass == ControlClass.R) throw new InputException("--class R: its phases change only every 10 s, so that offsets do not hold. Choose site, R+ or S.");
        var outbound = Route(site, choice.Intersections);
        ImmutableArray<int> back = [.. choice.Intersections.Reverse()];
        var inbound = RouteFinder.Find(site.Network, back, out _);
        var common = cycle ?? choice.Intersections.Max(i => site.Signals[i].LocalPlan.CycleSeconds);
        var programs = choice.Intersections.Select(i => ProgramFor(site, i, common)).ToImmutableArray();
        var signals = choice.Intersections.Select((i, junction) => SignalsFor(site, i, programs[junction], controlClass, common)).ToImmutableArray();
        var junctions = signals.Select((s, i) => new CoordinatedJunction(
            Green(s, outbound[i], common),
            inbound.IsEmpty ? [.. Enumerable.Repeat(true, common)] : Green(s, inbound[^(i + 1)], common),
            Seconds(outbound[i], metresPerSecond),
            inbound.IsEmpty ? 0 : Seconds(inbound[^1], metresPerSecond) - Seconds(inbound[^(i + 1)], metresPerSecond)));
        return new(choice, programs, signals, outbound, inbound, new([.. junctions], 1, inbound.IsEmpty ? 0 : 1));
    }

    /// <summary>The same corridor with other weights; on a one-way road they change nothing.</summary>
    public CorridorModel Weighted(long outbound, long inbound) => IsOneWay ? this : this with { Problem = new(Problem.Junctions, outbound, inbound) };

    private static ImmutableArray<RouteStop> Route(Site site, ImmutableArray<int> lights)
    {
        var route = RouteFinder.Find(site.Network, lights, out var reached);
        if (!route.IsEmpty) return route;
        var (from, to) = (site.Signals[lights[Math.Max(0, reached - 1)]].Id, site.Signals[lights[reached]].Id);
        throw new InputException(reached == 0
            ? $"--corridor: no vehicle comes to '{to}'. Name intersections on a road."
            : $"--corridor: no way leads from '{from}' to '{to}' without passing another light. Name every light in its order.");
    }

    private static SignalProgram ProgramFor(Site site, int intersection, int cycle)
    {
        var signals = site.Signals[intersection];
        var own = signals.LocalPlan.CycleSeconds;
        var at = site.Network.Intersections[intersection];
        return own == cycle || 2 * own == cycle ? at.Program : ProgramScaling.ToCycle(site.Network, at, signals, cycle);
    }

    private static IntersectionSignals SignalsFor(Site site, int intersection, SignalProgram program, ControlClass controlClass, int cycle)
    {
        var at = site.Network.Intersections[intersection] with { Program = program };
        var signals = SignalsBuilder.Build(site.Network, at, controlClass, site.File.Of(at.Id));
        var own = signals.LocalPlan.CycleSeconds;
        return own == cycle || 2 * own == cycle ? signals : throw new InputException(string.Create(CultureInfo.InvariantCulture,
            $"signal '{at.Id}': its minimum greens and intergreens need {own} s, more than a cycle of {cycle} s. Choose a longer --cycle."));
    }

    private static ImmutableArray<bool> Green(IntersectionSignals signals, RouteStop stop, int cycle)
    {
        var groups = signals.Groups.Where(g => g.Links.Any(link => stop.Links.Contains(link))).Select(g => g.Index).ToImmutableArray();
        return PlanGreen.Of(signals, groups, cycle)
            ?? throw new InputException($"signal '{signals.Id}': safety does not let its plan run as it stands. See 'trafficai check', or choose a longer --cycle.");
    }

    private static int Seconds(RouteStop stop, double? metresPerSecond) =>
        (int)Math.Round(metresPerSecond is { } speed ? stop.DistanceMetres / speed : stop.TravelSeconds, MidpointRounding.AwayFromZero);
}
