using System.Collections.Immutable;
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
    private readonly int[] sinceDischarge;
    private long? last;

    /// <param name="without">As <see cref="DecisionOptions.Without"/>.</param>
    public Estimator(IntersectionModel model, AdaptiveParts without = AdaptiveParts.None)
    {
        this.model = model;
        this.without = without;
        turns = new(model, learns: !without.HasFlag(AdaptiveParts.Turns));
        saturation = new(model, learns: !without.HasFlag(AdaptiveParts.Headways));
        exits = new(model);
        box = new(model);
        full = new(model, turns, saturation);
        inflow = new(model);
        loops = new(model, turns, saturation, inflow);
        profiles = new(model);
        unexplained = new(model);
        health = new(model, profiles, unexplained);
        substitutes = new(model, health);
        crossed = new int[model.Lanes.Length];
        incidents = new(model);
        departures = new int[model.Lanes.Length];
        sinceDischarge = new int[model.Lanes.Length];
        Array.Fill(sinceDischarge, LongAgoSeconds);
    }

    /// <summary>Takes in what a neighbour has told; it counts from the next frame on.</summary>
    /// <returns>Why it cannot be believed, in a few words; null if nothing is wrong.</returns>
    public string? Believe(Forecast forecast) => without.HasFlag(AdaptiveParts.Forecasts) ? null : inflow.Believe(forecast);

    /// <summary>What has been learned so far.</summary>
    public LearnedParameters Learned() => new(
        [.. model.Lanes.Select(lane => Learned(lane.Index))], [.. model.Movements.Select(m => turns.Learned(m.Index))], inflow.Learned);

    /// <summary>Per stop lane, the vehicles that passed its line between the last two frames.</summary>
    public ReadOnlySpan<int> Departures => departures;

    /// <summary>Takes in one frame. Frames come in rising order of their second; gaps are allowed.</summary>
    public TrafficPicture Observe(Frame frame)
    {
        var passed = last is { } second ? (int)Math.Clamp(frame.Second - second, 0, LongAgoSeconds) : 1;
        last = frame.Second;
        health.Observe(frame);
        var filled = substitutes.Fill(frame, turns.Shares);
        if (!without.HasFlag(AdaptiveParts.Exits)) exits.Observe(filled);
        var seen = frame.Readings.Sensing == Sensing.Full;
        if (seen) See(frame);
        else loops.Observe(frame, filled, passed, departures);
        LearnTurns(frame);
        LearnFlows(frame, seen, filled);
        if (seen) PassBlind(frame, passed, filled);
        if (!without.HasFlag(AdaptiveParts.Box)) box.Observe(frame.Second, departures, filled);
        var lanes = Lanes(frame.Signals, seen, passed);
        return new(frame.Second, lanes, turns.Shares, exits.Blocked, UnseenWaits(frame.Signals), frame.Readings.Sensing) { Detectors = health.All, Incidents = incidents.All, HeldInside = box.Held };
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

    private ImmutableArray<LaneTraffic> Lanes(SignalState signals, bool seen, int passed)
    {
        var lanes = ImmutableArray.CreateBuilder<LaneTraffic>(model.Lanes.Length);
        for (var lane = 0; lane < model.Lanes.Length; lane++)
        {
            sinceDischarge[lane] = departures[lane] > 0 ? 0 : Math.Min(LongAgoSeconds, sinceDischarge[lane] + passed);
            var blind = health.IsBlind(lane);
            var vehicles = !seen ? loops.Vehicles(lane) : blind ? substitutes.Vehicles(lane, full.Vehicles(lane)) : full.Vehicles(lane);
            if (health.IsSeen(lane)) incidents.Observe(model.Lanes[lane], vehicles, departures[lane], signals, exits.Blocked);
            else incidents.Lose(model.Lanes[lane]);
            lanes.Add(new(incidents.IsIgnored(lane) ? [] : vehicles, Standing(vehicles), sinceDischarge[lane])
            {
                HeadwaySeconds = saturation.HeadwaySeconds(lane),
                Blind = blind,
                Expected = seen || incidents.IsIgnored(lane) ? [] : loops.Expected(lane),
                ArrivalsPerSecond = seen || incidents.IsIgnored(lane) ? null : loops.ArrivalsPerSecond(lane),
            });
        }

        return lanes.MoveToImmutable();
    }

    private static int Standing(ImmutableArray<ApproachingVehicle> vehicles)
    {
        var standing = 0;
        foreach (var vehicle in vehicles) standing += vehicle.Standing ? 1 : 0;
        return standing;
    }

    private ImmutableArray<int> UnseenWaits(SignalState signals)
    {
        if (model.UnseenGroups.IsEmpty) return [];
        var waits = ImmutableArray.CreateBuilder<int>(model.UnseenGroups.Length);
        foreach (var group in model.UnseenGroups) waits.Add(signals.Lamps[group] == Lamp.Red ? signals.LampSeconds[group] : 0);
        return waits.MoveToImmutable();
    }
}
