using System.Numerics;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Who would leave, and when, if a phase were shown from now on: the model of a lane that strategies share.</summary>
/// <remarks>Per lane the k-th vehicle leaves at max(its arrival, the one before + headway); the lane ends at the first vehicle whose
/// movement is red or whose exit is blocked (a shared lane blocks itself). Movements that yield are run a second time: a vehicle goes
/// only when no foe, as run the first time, crosses its line within <see cref="GapSeconds"/>.</remarks>
public sealed class DepartureRecursion
{
    /// <summary>Departures later than this are not looked at.</summary>
    public const int HorizonSeconds = 60;

    /// <summary>A yielding vehicle goes when no foe crosses its line in the next so many seconds (or crossed it in the last one).</summary>
    private const int GapSeconds = 4;

    /// <summary>Foes are followed for so long, a gap more than the horizon: bits of a word.</summary>
    private const int CrossingSeconds = HorizonSeconds + GapSeconds;

    private readonly IntersectionModel model;
    private readonly VehicleTable vehicles;

    /// <summary>Phases × movements: foes that a yielding movement meets in the phase; empty elsewhere.</summary>
    private readonly int[][] foes;

    /// <summary>Phases × lanes: some movement of the lane yields to somebody who also has green.</summary>
    private readonly bool[] meetsFoes;

    /// <summary>Phases × lanes: some movement of the lane has green.</summary>
    private readonly bool[] serves;

    /// <summary>Per movement: bit s is set when a vehicle leaves in second s, of the first run.</summary>
    private readonly ulong[] crossings;

    public DepartureRecursion(IntersectionModel model, VehicleTable vehicles)
    {
        this.model = model;
        this.vehicles = vehicles;
        crossings = new ulong[model.Movements.Length];
        var phases = model.Signals.Phases;
        foes = [.. phases.SelectMany(p => model.Movements.Select(m => FoesIn(p.Id, m)))];
        meetsFoes = [.. phases.SelectMany(p => model.Lanes.Select(l => l.Movements.Any(m => FoesIn(p.Id, model.Movements[m]).Length > 0)))];
        serves = [.. phases.SelectMany(p => model.Lanes.Select(l => l.Movements.Any(m => model.RightOf(p.Id, m) != Right.None)))];
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
        var row = phase.Index * model.Lanes.Length;
        foreach (var lane in model.Lanes)
        {
            if (!serves[row + lane.Index] || blockedLanes[lane.Index]) continue;
            RunFree(phase, lane, sample, opens, exitBlocked, meetsFoes[row + lane.Index] ? [] : served);
        }

        foreach (var lane in model.Lanes)
        {
            if (!meetsFoes[row + lane.Index] || blockedLanes[lane.Index]) continue;
            RunYielding(phase, lane, sample, opens, exitBlocked, served);
        }
    }

    private int[] FoesIn(PhaseId phase, Movement movement) =>
        model.RightOf(phase, movement.Index) != Right.Yielding ? []
            : [.. movement.YieldsTo.Where(foe => model.RightOf(phase, foe) != Right.None)];

    private void RunFree(
        PhaseId phase, LaneModel lane, int sample, ReadOnlySpan<int> opens, ReadOnlySpan<bool> exitBlocked, Span<int> served)
    {
        var free = 0.0;
        var start = vehicles.HeadStands(lane.Index) ? DischargeRates.StartUpSeconds : 0;
        for (var v = vehicles.Start(lane.Index); v < vehicles.End(lane.Index); v++)
        {
            var turn = vehicles.Turn(v, sample);
            var right = model.RightOf(phase, turn);
            if (right == Right.None || exitBlocked[model.Movements[turn].Exit]) return;
            var leaves = Math.Max(Math.Max(free, opens[turn] + start), vehicles.Arrival(v));
            if (leaves >= CrossingSeconds) return;
            crossings[turn] |= 1UL << (int)leaves;
            if (!served.IsEmpty && leaves < HorizonSeconds) served[(int)leaves]++;
            free = leaves + Headway(right);
        }
    }

    private void RunYielding(
        PhaseId phase, LaneModel lane, int sample, ReadOnlySpan<int> opens, ReadOnlySpan<bool> exitBlocked, Span<int> served)
    {
        var free = 0.0;
        var start = vehicles.HeadStands(lane.Index) ? DischargeRates.StartUpSeconds : 0;
        for (var v = vehicles.Start(lane.Index); v < vehicles.End(lane.Index); v++)
        {
            var turn = vehicles.Turn(v, sample);
            var right = model.RightOf(phase, turn);
            if (right == Right.None || exitBlocked[model.Movements[turn].Exit]) return;
            var leaves = Math.Max(Math.Max(free, opens[turn] + start), vehicles.Arrival(v));
            if (right == Right.Yielding) leaves = NextGap(Foes(phase, turn), leaves);
            if (leaves >= HorizonSeconds) return;
            served[(int)leaves]++;
            free = leaves + Headway(right);
        }
    }

    private static double Headway(Right right) =>
        right == Right.Protected ? DischargeRates.HeadwaySeconds : DischargeRates.YieldingHeadwaySeconds;

    private ulong Foes(PhaseId phase, int movement)
    {
        var all = 0UL;
        foreach (var foe in foes[phase.Index * model.Movements.Length + movement]) all |= crossings[foe];
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
}
