using System.Collections.Immutable;
using System.Numerics;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Who would leave, and when, if a phase were shown from now on: the model of a lane that strategies share.</summary>
/// <remarks>
/// <para>Per lane the k-th vehicle leaves at max(its arrival, the one before + headway); the lane ends at the first vehicle whose
/// movement is red or whose exit is blocked (a shared lane blocks itself). Movements that yield are run a second time: a vehicle goes
/// only when no foe, as run the first time, crosses its line within <see cref="GapSeconds"/>.</para>
/// <para>Where several stop lanes are fed by one lane upstream, vehicles leave that lane in their order: one whose stop lane (a short
/// pocket) is full holds up all behind it, until the pocket has discharged enough, or for good when it does not discharge.</para>
/// </remarks>
public sealed class DepartureRecursion
{
    /// <summary>Departures later than this are not looked at.</summary>
    public const int HorizonSeconds = 60;

    /// <summary>A yielding vehicle goes when no foe crosses its line in the next so many seconds (or crossed it in the last one).</summary>
    private const int GapSeconds = 4;

    /// <summary>Foes are followed for so long, a gap more than the horizon: bits of a word.</summary>
    private const int CrossingSeconds = HorizonSeconds + GapSeconds;

    private const double Never = double.PositiveInfinity;

    private readonly IntersectionModel model;
    private readonly VehicleTable vehicles;

    /// <summary>Phases × movements: foes that a yielding movement meets in the phase; empty elsewhere.</summary>
    private readonly int[][] foes;

    /// <summary>Phases × approaches: some movement of the approach yields to somebody who also has green.</summary>
    private readonly bool[] meetsFoes;

    /// <summary>Phases × approaches: some movement of the approach has green.</summary>
    private readonly bool[] serves;

    /// <summary>Per stop lane: vehicles that find room on it.</summary>
    private readonly int[] storage;

    /// <summary>Per stop lane: seconds to drive along it.</summary>
    private readonly double[] crossSeconds;

    private readonly LaneRun[] lanes;
    private readonly UpstreamRun[] upstream;
    private double[] leaving = new double[64];

    /// <summary>Per movement: bit s is set when a vehicle leaves in second s, of the first run.</summary>
    private readonly ulong[] crossings;

    public DepartureRecursion(IntersectionModel model, VehicleTable vehicles)
    {
        this.model = model;
        this.vehicles = vehicles;
        crossings = new ulong[model.Movements.Length];
        var phases = model.Signals.Phases;
        foes = [.. phases.SelectMany(p => model.Movements.Select(m => FoesIn(p.Id, m)))];
        meetsFoes = [.. phases.SelectMany(p => model.Approaches.Select(a => Movements(a).Any(m => FoesIn(p.Id, model.Movements[m]).Length > 0)))];
        serves = [.. phases.SelectMany(p => model.Approaches.Select(a => Movements(a).Any(m => model.RightOf(p.Id, m) != Right.None)))];
        lanes = new LaneRun[model.Lanes.Length];
        upstream = new UpstreamRun[model.Intersection.ObservedLanes.Length];
        storage = [.. model.Lanes.Select(l => Math.Max(1, (int)(l.LengthMetres / DischargeRates.JamSpacingMetres)))];
        crossSeconds = [.. model.Lanes.Select(l => l.LengthMetres / (DischargeRates.FreeSpeedFactor * l.SpeedMetresPerSecond))];
    }

    /// <summary>Adds what one sample of turns gives to a curve.</summary>
    /// <param name="sample">0 to <see cref="VehicleTable.Samples"/> − 1.</param>
    /// <param name="opens">Per movement the second at which its green begins, 0 where it is running.</param>
    /// <param name="blockedLanes">Lanes that are believed not to move under this phase.</param>
    /// <param name="exitBlocked">Per exit lane: nothing more fits in.</param>
    /// <param name="served">Entry s grows by the vehicles that leave in second s; <see cref="HorizonSeconds"/> entries.</param>
    public void AddServed(
        PhaseId phase, int sample, ReadOnlySpan<int> opens, ReadOnlySpan<bool> blockedLanes, ReadOnlySpan<bool> exitBlocked, Span<int> served)
    {
        Array.Clear(crossings);
        if (leaving.Length < vehicles.Count) Array.Resize(ref leaving, 2 * vehicles.Count);
        var row = phase.Index * model.Approaches.Length;
        for (var approach = 0; approach < model.Approaches.Length; approach++)
        {
            if (!serves[row + approach]) continue;
            Run(phase, approach, sample, opens, blockedLanes, exitBlocked, yielding: false, meetsFoes[row + approach] ? [] : served);
        }

        for (var approach = 0; approach < model.Approaches.Length; approach++)
        {
            if (!meetsFoes[row + approach]) continue;
            Run(phase, approach, sample, opens, blockedLanes, exitBlocked, yielding: true, served);
        }
    }

    private IEnumerable<int> Movements(ImmutableArray<int> approach) => approach.SelectMany(lane => model.Lanes[lane].Movements);

    private int[] FoesIn(PhaseId phase, Movement movement) =>
        model.RightOf(phase, movement.Index) != Right.Yielding ? []
            : [.. movement.YieldsTo.Where(foe => model.RightOf(phase, foe) != Right.None)];

    private void Run(
        PhaseId phase,
        int approach,
        int sample,
        ReadOnlySpan<int> opens,
        ReadOnlySpan<bool> blockedLanes,
        ReadOnlySpan<bool> exitBlocked,
        bool yielding,
        Span<int> served)
    {
        foreach (var lane in model.Approaches[approach])
            lanes[lane] = new LaneRun { Closed = blockedLanes[lane], StartUp = vehicles.HeadStands(lane) ? DischargeRates.StartUpSeconds : 0 };
        Array.Clear(upstream);
        foreach (var v in vehicles.Of(approach))
        {
            ref var lane = ref lanes[vehicles.Lane(v)];
            var arrival = vehicles.Upstream(v) < 0 ? vehicles.Arrival(v) : Enter(v);
            leaving[v] = Never;
            if (lane.Closed || arrival >= CrossingSeconds) continue;
            var turn = vehicles.Turn(v, sample);
            var right = model.RightOf(phase, turn);
            lane.Closed = right == Right.None || exitBlocked[model.Movements[turn].Exit];
            if (lane.Closed) continue;
            var leaves = Math.Max(Math.Max(lane.Free, opens[turn] + lane.StartUp), arrival);
            if (yielding && right == Right.Yielding) leaves = NextGap(Foes(phase, turn), leaves);
            lane.Closed = leaves >= CrossingSeconds;
            if (lane.Closed) continue;
            leaving[v] = leaves;
            lane.Free = leaves + (FoesOf(phase, turn).Length == 0 ? vehicles.HeadwaySeconds(vehicles.Lane(v)) : DischargeRates.YieldingHeadwaySeconds);
            if (!yielding) crossings[turn] |= 1UL << (int)leaves;
            if (!served.IsEmpty && leaves < HorizonSeconds) served[(int)leaves]++;
        }
    }

    /// <summary>When a vehicle that is still upstream could reach its stop line, the file in front of it being what it is.</summary>
    private double Enter(int v)
    {
        var lane = vehicles.Lane(v);
        ref var way = ref upstream[vehicles.Upstream(v)];
        var room = RoomAt(v, lane);
        way.Closed |= room == Never || ClosedAhead(vehicles.Upstream(v), lane);
        if (way.Closed) return Never;
        var enters = Math.Max(Math.Max(way.Free, room), vehicles.Arrival(v) - crossSeconds[lane]);
        way.Free = enters + DischargeRates.HeadwaySeconds;
        return enters + crossSeconds[lane];
    }

    /// <summary>When the stop lane has room for a vehicle: at once, or when the gap that a departure leaves has come back to its
    /// beginning.</summary>
    private double RoomAt(int v, int lane)
    {
        var rank = vehicles.Rank(v);
        if (rank < storage[lane]) return 0;
        var leaves = leaving[v - storage[lane]];
        return leaves == Never ? Never : leaves + storage[lane] * DischargeRates.StartWaveSeconds;
    }

    private bool ClosedAhead(int observed, int lane)
    {
        for (var next = model.Next(observed, lane); next >= model.Lanes.Length; next = model.Next(next, lane))
        {
            if (upstream[next].Closed) return true;
        }

        return false;
    }

    private int[] FoesOf(PhaseId phase, int movement) => foes[phase.Index * model.Movements.Length + movement];

    private ulong Foes(PhaseId phase, int movement)
    {
        var all = 0UL;
        foreach (var foe in FoesOf(phase, movement)) all |= crossings[foe];
        return all;
    }

    /// <summary>The first moment at or after <paramref name="from"/> with a gap in the foes; the horizon when there is none.</summary>
    private static double NextGap(ulong foes, double from)
    {
        if (foes == 0 || from >= HorizonSeconds) return from;
        var busy = foes << 1 | foes;
        for (var s = 1; s < GapSeconds; s++) busy |= foes >> s;
        var first = (int)from;
        var open = ~busy >> first;
        var wait = open == 0 ? HorizonSeconds : BitOperations.TrailingZeroCount(open);
        return wait == 0 ? from : first + wait;
    }

    private struct LaneRun
    {
        /// <summary>Nobody leaves any more.</summary>
        public bool Closed;

        /// <summary>The next vehicle leaves no earlier.</summary>
        public double Free;

        public double StartUp;
    }

    private struct UpstreamRun
    {
        /// <summary>Its first vehicle finds no room, and holds up all behind it.</summary>
        public bool Closed;

        /// <summary>The next vehicle leaves it no earlier.</summary>
        public double Free;
    }
}
