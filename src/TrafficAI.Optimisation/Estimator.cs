using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Health;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Folds the frames of one intersection into a picture of its traffic; the same frames give the same picture.</summary>
public sealed class Estimator
{
    /// <summary>What is said of a lane that has not discharged yet.</summary>
    public const int LongAgoSeconds = 1_000_000;

    private readonly IntersectionModel model;
    private readonly TurnShares turns;
    private readonly SaturationFlow saturation;
    private readonly ExitWatch exits;
    private readonly BoxWatch box;
    private readonly OverdueWatch overdue;
    private readonly FullSight full;
    private readonly LoopSight loops;
    private readonly Inflow inflow;
    private readonly LaneProfiles profiles;
    private readonly UnexplainedFlow unexplained;
    private readonly HealthWatch health;
    private readonly Substitutes substitutes;
    private readonly IncidentWatch incidents;
    private readonly AdaptiveParts without;
    private readonly int[] departures;
    private readonly int[] crossed;
    private readonly List<ApproachingVehicle>[] vehicles;
    private readonly List<double>[] expected;
    private readonly int[] unseenWaits;
    private readonly TrafficPicture picture;
    private long? last;

    /// <param name="without">As <see cref="DecisionOptions.Without"/>.</param>
    public Estimator(IntersectionModel model, AdaptiveParts without = AdaptiveParts.None)
    {
        this.model = model;
        this.without = without;
        turns = new(model, learns: (without & AdaptiveParts.Turns) == 0);
        saturation = new(model, learns: (without & AdaptiveParts.Headways) == 0);
        exits = new(model);
        box = new(model);
        full = new(model, turns, saturation, box);
        inflow = new(model);
        loops = new(model, turns, saturation, inflow, box);
        profiles = new(model);
        unexplained = new(model);
        health = new(model, profiles, unexplained);
        overdue = new(model, health.IsCounted);
        substitutes = new(model, health);
        crossed = new int[model.Lanes.Length];
        incidents = new(model);
        departures = new int[model.Lanes.Length];
        vehicles = [.. model.Lanes.Select(_ => new List<ApproachingVehicle>())];
        expected = [.. model.Lanes.Select(_ => new List<double>())];
        unseenWaits = new int[model.UnseenGroups.Length];
        picture = new(
            0, [.. vehicles.Zip(expected, (all, later) => new LaneTraffic(all, later) { SinceDischargeSeconds = LongAgoSeconds })], turns.Shares, exits.Blocked,
            ImmutableCollectionsMarshal.AsImmutableArray(unseenWaits)) { HeldInside = box.Held, WaitingInside = box.Waiting, OverdueInside = overdue.Overdue };
    }

    /// <summary>Takes in what a neighbour has told; it counts from the next frame on.</summary>
    /// <returns>Why it cannot be believed, in a few words; null if nothing is wrong.</returns>
    public string? Believe(Forecast forecast) => (without & AdaptiveParts.Forecasts) != 0 ? null : inflow.Believe(forecast);

    /// <summary>What has been learned so far.</summary>
    public LearnedParameters Learned() => new(
        [.. model.Lanes.Select(lane => Learned(lane.Index))], [.. model.Movements.Select(m => turns.Learned(m.Index))], inflow.Learned);

    /// <summary>Per stop lane, the vehicles that passed its line between the last two frames.</summary>
    public ReadOnlySpan<int> Departures => departures;

    /// <summary>Takes in one frame. Frames come in rising order of their second; gaps are allowed.</summary>
    /// <returns>The picture, which is written anew with each frame.</returns>
    public TrafficPicture Observe(Frame frame)
    {
        var passed = last is { } second ? (int)Math.Clamp(frame.Second - second, 0, LongAgoSeconds) : 1;
        last = frame.Second;
        health.Observe(frame);
        var filled = substitutes.Fill(frame, turns.Shares);
        if ((without & AdaptiveParts.Exits) == 0) exits.Observe(filled);
        var seen = frame.Readings.Sensing == Sensing.Full;
        if (seen) See(frame);
        else Feel(frame, filled, passed);
        LearnTurns(frame);
        LearnFlows(frame, seen, filled);
        if (seen) PassBlind(frame, passed, filled);
        if ((without & AdaptiveParts.Box) == 0) box.Observe(frame.Signals, departures, filled);
        if (model.Signals.AllRedExtensionSeconds > 0) overdue.Observe(frame.Second, departures, filled);
        for (var lane = 0; lane < vehicles.Length; lane++) Write(lane, picture.Lanes[lane], frame.Signals, seen, passed);
        WriteUnseenWaits(frame.Signals);
        (picture.Second, picture.Sensing, picture.Detectors, picture.Incidents) = (frame.Second, frame.Readings.Sensing, health.All, incidents.All);
        return picture;
    }

    private LearnedLane Learned(int lane)
    {
        var (perSecond, deviation) = profiles.Learned(lane);
        return new(saturation.HeadwaySeconds(lane), saturation.DeviationSeconds(lane), perSecond, deviation);
    }

    private void See(Frame frame)
    {
        foreach (var lane in model.Lanes) full.Judge(lane.Index, health.IsBlind(lane.Index));
        full.Observe(frame, departures, exits.Blocked);
        inflow.Clear();
    }

    private void Feel(Frame frame, ImmutableArray<LoopReading> filled, int passed)
    {
        foreach (var lane in model.Lanes) loops.Judge(lane.Index, health.IsSeen(lane.Index));
        loops.Observe(frame, filled, passed, departures, exits.Blocked);
    }

    private void LearnFlows(Frame frame, bool seen, ImmutableArray<LoopReading> filled)
    {
        foreach (var lane in model.Lanes) crossed[lane.Index] = seen ? departures[lane.Index] : filled[lane.StopDetector].Count;
        unexplained.Observe(frame.Readings.Loops, crossed, turns.Shares, health);
        foreach (var lane in model.Lanes)
        {
            if (health.IsSeen(lane.Index)) profiles.Learn(lane.Index, departures[lane.Index]);
            health.Departed(lane, departures[lane.Index], Lights.Open(model, lane, frame.Signals), turns.Shares);
        }
    }

    private void PassBlind(Frame frame, int passed, ImmutableArray<LoopReading> filled)
    {
        foreach (var lane in model.Lanes)
        {
            if (health.IsBlind(lane.Index)) departures[lane.Index] = substitutes.Pass(lane, frame, passed, filled);
        }
    }

    private void LearnTurns(Frame frame)
    {
        turns.Expire(frame.Second);
        for (var exit = 0; exit < model.ExitDetectors.Length; exit++)
        {
            turns.Judge(exit, health.IsGood(model.ExitDetectors[exit]));
            turns.Entered(exit, frame.Second, frame.Readings.Loops[model.ExitDetectors[exit]].Count);
        }
    }

    private void Write(int lane, LaneTraffic traffic, SignalState signals, bool seen, int passed)
    {
        var blind = health.IsBlind(lane);
        See(lane, seen, blind);
        var all = traffic.Vehicles;
        if (health.IsSeen(lane)) incidents.Observe(model.Lanes[lane], all, departures[lane], signals, exits.Blocked);
        else incidents.Lose(model.Lanes[lane]);
        var ignored = incidents.IsIgnored(lane);
        traffic.Queue = Standing(all);
        traffic.Variance = !seen ? loops.Variance(lane) : blind ? substitutes.Variance(lane) : 0;
        traffic.SinceDischargeSeconds = departures[lane] > 0 ? 0 : Math.Min(LongAgoSeconds, traffic.SinceDischargeSeconds + passed);
        traffic.HeadwaySeconds = saturation.HeadwaySeconds(lane);
        traffic.ArrivalsPerSecond = seen || ignored ? null : loops.ArrivalsPerSecond(lane);
        traffic.Blind = blind;
        if (ignored) vehicles[lane].Clear();
        expected[lane].Clear();
        if (!seen && !ignored) loops.AddExpected(expected[lane], lane);
    }

    private void See(int lane, bool seen, bool blind)
    {
        vehicles[lane].Clear();
        if (!seen) loops.AddTo(vehicles[lane], lane);
        else if (blind) substitutes.AddTo(vehicles[lane], lane, full.Vehicles(lane));
        else vehicles[lane].AddRange(full.Vehicles(lane));
    }

    private static int Standing(ReadOnlySpan<ApproachingVehicle> vehicles)
    {
        var standing = 0;
        foreach (var vehicle in vehicles) standing += vehicle.Standing ? 1 : 0;
        return standing;
    }

    private void WriteUnseenWaits(SignalState signals)
    {
        for (var i = 0; i < unseenWaits.Length; i++)
        {
            var group = model.UnseenGroups[i];
            unseenWaits[i] = signals.Lamps[group] == Lamp.Red ? signals.LampSeconds[group] : 0;
        }
    }
}
