using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Turns tracked objects into the traffic of stop lanes, and notices who leaves.</summary>
public sealed class FullSight(IntersectionModel model, TurnShares turns, SaturationFlow saturation, BoxWatch box)
{
    private const double StandingMetresPerSecond = 0.5;
    private const double CrawlingMetresPerSecond = 2;
    private const double QueueGapMetres = 12;

    /// <summary>Whoever stands so far behind the next one, or the line, is in no queue: it has just set out, or is about to.</summary>
    private const double HoleMetres = 20;

    private const double HeadMetres = 5;
    private const double HeadMetresPerSecond = 0.3;

    /// <summary>A vehicle that drives so far from the stop line may still change lanes.</summary>
    private const double FarMetres = 50;

    /// <summary>A stop lane with so much free at its beginning takes another vehicle.</summary>
    private const double FreeMetres = 8;

    /// <summary>A vehicle may vanish past the line when it was no farther from it than its speed × 1 s and this.</summary>
    private const double PassingMarginMetres = 6;

    /// <summary>A distance that grows by more belongs to another stop line.</summary>
    private const double NewLineMetres = 5;

    private readonly LaneChoice choice = new(model);
    private readonly List<ApproachingVehicle>[] lanes = [.. model.Lanes.Select(_ => new List<ApproachingVehicle>())];
    private Dictionary<uint, Trace> before = [];
    private Dictionary<uint, Trace> now = [];
    private ImmutableArray<TrackedObject> last = [];
    private readonly bool[] blind = new bool[model.Lanes.Length];
    private int headOf;

    /// <summary>Whether nothing is seen on a stop lane. Somebody who waits upstream although the lanes that are seen have room waits for such a
    /// lane.</summary>
    public void Judge(int stopLane, bool isBlind) => blind[stopLane] = isBlind;

    /// <summary>Takes in one frame.</summary>
    /// <param name="departures">Per stop lane, set to the vehicles that have passed its line since the last frame.</param>
    /// <param name="exitBlocked">Per exit lane: nothing more fits in.</param>
    public void Observe(Frame frame, int[] departures, ImmutableArray<bool> exitBlocked)
    {
        foreach (var lane in lanes) lane.Clear();
        now.Clear();
        headOf = -1;
        foreach (var seen in frame.Readings.Objects) Place(seen);
        HaltQueues(frame.Signals);
        CountDepartures(frame, departures);
        foreach (var lane in model.Lanes) Finish(lane, frame.Signals, exitBlocked);
        (before, now) = (now, before);
        last = frame.Readings.Objects;
    }

    /// <summary>The vehicles of a stop lane, the nearest first; valid until the next frame.</summary>
    public ReadOnlySpan<ApproachingVehicle> Vehicles(int stopLane) => CollectionsMarshal.AsSpan(lanes[stopLane]);

    private void Place(in TrackedObject seen)
    {
        var observed = model.Intersection.ObservedLanes[seen.Lane];
        if (observed.StopLanes.IsEmpty) return;
        var known = before.TryGetValue(seen.Track, out var trace);
        var several = observed.StopLanes.Length > 1;
        var stopLane = !several ? observed.StopLanes[0]
            : known && observed.StopLanes.Contains(trace.StopLane) ? trace.StopLane
            : choice.Choose(seen.Lane, Spread.Of(seen.Track));
        if (several && seen.Lane != headOf) stopLane = Reconsider(seen, observed, stopLane);
        headOf = seen.Lane;
        if (known && trace.Origin >= 0 && !several) choice.Learn(trace.Origin, stopLane);
        var far = known ? trace.FarLane : -1;
        if (seen.Lane < model.Lanes.Length && seen.DistanceDecimetres > FarMetres * 10)
        {
            far = stopLane;
            if (seen.SpeedDecimetresPerSecond > CrawlingMetresPerSecond * 10) stopLane = choice.Change(stopLane, Spread.Of(seen.Track));
        }

        var excluded = known && trace.StopLane == stopLane ? trace.Excluded : 0;
        var stood = seen.SpeedDecimetresPerSecond < StandingMetresPerSecond * 10 || (known && trace.Stood);
        now[seen.Track] = new(seen.DistanceDecimetres, stopLane, several ? seen.Lane : -1, far, excluded, stood);
        var distance = seen.DistanceDecimetres / 10.0;
        var speed = seen.SpeedDecimetresPerSecond / 10.0;
        Insert(lanes[stopLane], new(distance, speed, 0, false, seen.Class, seen.Track, seen.Lane < model.Lanes.Length ? -1 : seen.Lane, excluded));
    }

    /// <summary>A head that stands at the end of its lane, although the stop lane that it was taken to choose has room, waits for another
    /// one: the fullest.</summary>
    private int Reconsider(in TrackedObject head, ObservedLane lane, int stopLane)
    {
        var toEnd = head.DistanceDecimetres / 10.0 - lane.OffsetMetres;
        if (toEnd > HeadMetres || head.SpeedDecimetresPerSecond > HeadMetresPerSecond * 10 || RoomMetres(stopLane) < FreeMetres) return stopLane;
        var fullest = stopLane;
        foreach (var other in lane.StopLanes)
        {
            if (RoomMetres(other) < Math.Min(FreeMetres, RoomMetres(fullest))) fullest = other;
        }

        return fullest;
    }

    /// <summary>Free length at the beginning of a stop lane, behind the last vehicle that is on it.</summary>
    private double RoomMetres(int stopLane)
    {
        var length = blind[stopLane] ? DischargeRates.JamSpacingMetres : model.Lanes[stopLane].LengthMetres;
        foreach (var vehicle in lanes[stopLane])
        {
            if (vehicle.Upstream < 0) length = Math.Min(length, model.Lanes[stopLane].LengthMetres - vehicle.DistanceMetres - DischargeRates.JamSpacingMetres);
        }

        return length;
    }

    /// <summary>Objects come sorted within an observed lane, so that this is short.</summary>
    private static void Insert(List<ApproachingVehicle> lane, in ApproachingVehicle vehicle)
    {
        var at = lane.Count;
        while (at > 0 && lane[at - 1].DistanceMetres > vehicle.DistanceMetres) at--;
        lane.Insert(at, vehicle);
    }

    private void HaltQueues(SignalState signals)
    {
        foreach (var lane in model.Lanes)
        {
            if (!Lights.IsUnopposed(model, lane, signals)) saturation.Halt(lane.Index);
        }
    }

    private void CountDepartures(Frame frame, int[] departures)
    {
        Array.Clear(departures);
        foreach (var old in last)
        {
            if (!before.TryGetValue(old.Track, out var trace) || !HasPassed(old)) continue;
            departures[trace.StopLane]++;
            if (trace.FarLane >= 0) choice.LearnChange(trace.FarLane, trace.StopLane);
            if (Lights.IsUnopposed(model, model.Lanes[trace.StopLane], frame.Signals)) saturation.Crossed(trace.StopLane, frame.Second - 1 + UntilPassed(old), trace.Stood);
            var open = Lights.Open(model, model.Lanes[trace.StopLane], frame.Signals);
            turns.Departed(trace.StopLane, frame.Second, open & ~trace.Excluded);
        }
    }

    /// <summary>When in the last second it passed: it was gaining speed, about a metre per second in half of it.</summary>
    private static double UntilPassed(in TrackedObject old) => Math.Min(1, old.DistanceDecimetres / (old.SpeedDecimetresPerSecond + 10.0));

    private bool HasPassed(in TrackedObject old)
    {
        if (now.TryGetValue(old.Track, out var trace)) return trace.DistanceDecimetres > old.DistanceDecimetres + NewLineMetres * 10;
        return old.DistanceDecimetres <= old.SpeedDecimetresPerSecond + PassingMarginMetres * 10;
    }

    private void Finish(LaneModel lane, SignalState signals, ImmutableArray<bool> exitBlocked)
    {
        var vehicles = CollectionsMarshal.AsSpan(lanes[lane.Index]);
        if (vehicles.IsEmpty) return;
        ExcludeTurns(lane, ref vehicles[0], signals, exitBlocked);
        var freeSpeed = DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond;
        var behindStanding = false;
        var queueEnd = 0.0;
        var ahead = 0.0;
        foreach (ref var vehicle in vehicles)
        {
            var crawls = behindStanding && vehicle.SpeedMetresPerSecond < CrawlingMetresPerSecond
                && vehicle.DistanceMetres - queueEnd < QueueGapMetres;
            var stands = (vehicle.SpeedMetresPerSecond < StandingMetresPerSecond || crawls) && vehicle.DistanceMetres - ahead < HoleMetres;
            ahead = vehicle.DistanceMetres;
            vehicle = vehicle with { Standing = stands, ArrivalSeconds = stands ? 0 : vehicle.DistanceMetres / freeSpeed };
            if (!stands) continue;
            behindStanding = true;
            queueEnd = vehicle.DistanceMetres;
        }
    }

    /// <summary>A head that stands in spite of protected green and a free exit wants to go elsewhere.</summary>
    private void ExcludeTurns(LaneModel lane, ref ApproachingVehicle head, SignalState signals, ImmutableArray<bool> exitBlocked)
    {
        if (head.DistanceMetres >= HeadMetres || head.SpeedMetresPerSecond >= HeadMetresPerSecond || !box.IsEmpty(lane.Index)) return;
        var excluded = HeadTurns.Exclude(model, lane, head.Excluded, signals, exitBlocked);
        if (excluded == head.Excluded) return;
        head = head with { Excluded = excluded };
        ref var trace = ref CollectionsMarshal.GetValueRefOrNullRef(now, head.Key);
        trace = trace with { Excluded = excluded };
    }

    /// <summary>What is remembered of a track.</summary>
    /// <param name="Origin">The observed lane, when that leads to several stop lanes; else −1.</param>
    /// <param name="FarLane">The stop lane that it was on when it was last far from the stop line; −1 if it never was on one.</param>
    /// <param name="Stood">It has stood since it came into sight.</param>
    private readonly record struct Trace(int DistanceDecimetres, int StopLane, int Origin, int FarLane, uint Excluded, bool Stood);
}
