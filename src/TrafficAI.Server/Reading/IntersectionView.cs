using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Server.Reading;

/// <summary>What is known of one intersection, folded from the events of its streams in the order of the log. It decides nothing: what was decided is in the log. Not thread-safe.</summary>
/// <param name="strategy">Who decides on the highest rung.</param>
public sealed class IntersectionView(IntersectionModel model, string strategy)
{
    /// <summary>So many seconds in a row without a frame are a broken link.</summary>
    private const int MissedIsBroken = 5;

    private readonly string inputs = StreamNames.Inputs(model.Signals.Id);
    private Estimator estimator = new(model);
    private readonly AlarmWatch alarms = new(model.Signals);
    private readonly SignalOutlook outlook = new(model.Signals);
    private readonly DelayWindow delay = new();
    private TrafficPicture? picture;
    private Frame? frame;
    private PhaseId? wanted;
    private string? rung;
    private string? held;
    private OverrideNow? ordered;
    private string? phaseWanted;
    private int missed;
    private bool left;
    private IntersectionNow? now;

    /// <summary>Of the newest frame; null before the first.</summary>
    public long? Second => frame?.Signals.Second;

    public IntersectionModel Model => model;

    /// <summary>Since when the link has been broken; null while it is not.</summary>
    public long? BrokenSince { get; private set; }

    /// <summary>Detectors that are not believed, with the second since when.</summary>
    public Dictionary<string, DetectorHealthChanged> Doubted { get; } = new(StringComparer.Ordinal);

    /// <summary>Street second up to which frames or their absence are known; null before the first.</summary>
    public long? Known { get; private set; }

    /// <summary>Frames so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Recorded changes of the wish so far.</summary>
    public long Decisions { get; private set; }

    /// <summary>Seconds without a frame so far.</summary>
    public long Missed { get; private set; }

    /// <summary>What was told once and holds.</summary>
    public StandingEvents Standing { get; } = new();

    /// <summary>What is known now; null before the first frame.</summary>
    public IntersectionNow? Now => frame is null ? null : now ??= Build(frame);

    /// <summary>Takes in an event of one of its streams.</summary>
    /// <returns>What happened that people should hear of; null for nothing.</returns>
    /// <exception cref="RecordException">The event cannot be read.</exception>
    public object? Take(RecordedEvent e)
    {
        if (e.Type == StreamDigested.EventType) return null;
        var said = e.Stream == inputs ? InputCodec.Decode(model.Signals.Id, e.Type, e.Payload) : EventTypes.Decode(e);
        now = null;
        if (said is ViolationFound found) alarms.Believe(found);
        Standing.Take(e, said);
        switch (said)
        {
            case IntersectionInput.FrameCame came: See(came.Frame, e); return null;
            case IntersectionInput.FrameMissed gap: Miss(gap.Second, e); return null;
            case IntersectionInput.ForecastsCame told: Hear(told); return null;
            case IntersectionInput.PlanningHeld hold: held = hold.Reason; return null;
            case IntersectionInput.PlanningResumed: held = null; return null;
            case OverrideBegun begun: ordered = new(begun.Act, begun.Phase, begun.Reason, begun.Until, begun.By); return new OverrideTold(model.Signals.Id.Value, begun.Second, ordered, null);
            case OverrideEnded ended: return End(ended);
            case PhaseDecided decided: return Decide(decided, e.Revision);
            case ControlLevelChanged changed: rung = changed.To == HealthNames.Of(ControlLevel.Sensed) ? null : changed.To; return Note(changed.Second, $"{changed.From} → {changed.To}: {changed.Reason}", "level");
            case DetectorHealthChanged health: Doubt(health); return Note(health.Second, $"{health.Detector}: {health.Condition} {health.Reason}", "detector");
            case ViolationFound violation: return Note(violation.Second, violation.Text, "violation");
            case StrategyFailed failed: return Note(failed.Second, failed.Failure, "strategy");
            case IncidentFound incident: return Note(incident.Second, $"{incident.Lane}: {incident.Reason}", "incident");
            case FieldBus.Sessions.ControllerCame: left = false; return null;
            case FieldBus.Sessions.ControllerLeft gone: left = true; return Note(Known ?? 0, $"the controller has gone: {gone.How}", "link");
            default: return null;
        }
    }

    /// <summary>The traffic per stop lane; empty before the first frame.</summary>
    public ImmutableArray<LaneNow> Lanes => picture is null ? [] : [.. model.Lanes.Select(lane => LaneOf(lane.Index, picture.Lanes[lane.Index]))];

    /// <summary>Every detector, loops first, then the sensors of the stop lanes; empty before the first frame.</summary>
    public ImmutableArray<DetectorNow> Detectors => picture is null
        ? []
        : [.. picture.Detectors.Select((health, i) => DetectorOf(HealthNames.Detector(model, i), health))];

    // What was recorded counts: an estimator that begins in the middle may need hours to doubt a detector again.
    private DetectorNow DetectorOf(string id, DetectorHealth health) => Doubted.TryGetValue(id, out var doubted)
        ? new(id, doubted.Condition, doubted.Reason)
        : new(id, HealthNames.Of(health.Condition), health.Reason);

    private void See(Frame came, RecordedEvent e)
    {
        if (frame is not null && came.Second <= frame.Second) return;
        if (FrameCheck.Complaint(model, came) is not null) return;
        frame = came;
        (missed, left, BrokenSince) = (0, false, null);
        Known = came.Second;
        Frames++;
        Standing.Come(e);
        alarms.Observe(came);
        if (alarms.Standing is null) Standing.Release();
        Estimate(came);
    }

    // As the actor does when estimation throws: it begins anew.
    private void Estimate(Frame came)
    {
        try
        {
            picture = estimator.Observe(came);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            (estimator, picture) = (new(model), null);
            return;
        }

        var departures = 0;
        foreach (var lane in estimator.Departures) departures += lane;
        delay.Add(came.Second, picture.Lanes.Sum(lane => lane.Queue), departures);
    }

    private void Miss(long second, RecordedEvent e)
    {
        Missed++;
        Known = Math.Max(Known ?? second, second);
        Standing.Miss(e, ++missed == MissedIsBroken);
        if (missed == MissedIsBroken) BrokenSince = second - MissedIsBroken + 1;
    }

    private void Hear(IntersectionInput.ForecastsCame told)
    {
        foreach (var forecast in told.Forecasts) estimator.Believe(forecast);
    }

    private Decided Decide(PhaseDecided decided, long revision)
    {
        Decisions++;
        wanted = PhaseId.TryParse(decided.Wanted, out var phase) && SignalDecider.IsKnown(model.Signals, phase) ? phase : null;
        phaseWanted = decided.Wanted;
        return Decided.Of(model.Signals.Id.Value, decided, revision);
    }

    // What takes the place of an order begins right after.
    private OverrideTold End(OverrideEnded ended)
    {
        ordered = null;
        return new(model.Signals.Id.Value, ended.Second, null, ended.How);
    }

    private void Doubt(DetectorHealthChanged health)
    {
        if (health.Condition == HealthNames.Of(DetectorCondition.Good)) Doubted.Remove(health.Detector);
        else Doubted[health.Detector] = health;
    }

    private Alarm Note(long second, string text, string kind) => new(model.Signals.Id.Value, second, kind, text);

    private IntersectionNow Build(Frame newest)
    {
        var shown = newest.Signals;
        var queues = picture is null ? [] : picture.Lanes.Select(lane => Math.Round(lane.Queue, 1)).ToImmutableArray();
        return new(
            shown.Second, LampLetters.Of(shown.Lamps), shown.Phase.ToString(), shown.Next?.ToString(), shown.Second - shown.Elapsed + 1,
            phaseWanted, PlannedAt(shown), Math.Round(queues.Sum(), 1), queues, rung ?? strategy, LampLetters.Of(newest.Mode), delay.Delay,
            !left && missed < MissedIsBroken, alarms.Standing?.Text, held, ordered);
    }

    private long? PlannedAt(SignalState shown)
    {
        if (wanted is not { } phase || phase == shown.Target) return null;
        var at = outlook.EarliestChange(shown, phase, default);
        return at == long.MaxValue ? null : at;
    }

    private LaneNow LaneOf(int lane, LaneTraffic traffic)
    {
        var vehicles = ImmutableArray.CreateBuilder<VehicleNow>(traffic.Vehicles.Length);
        foreach (var v in traffic.Vehicles)
            vehicles.Add(new(Math.Round(v.DistanceMetres, 1), Math.Round(v.ArrivalSeconds, 1), v.Standing, v.Class.ToString()));
        return new(
            HealthNames.Lane(model, lane), Math.Round(traffic.Queue, 1), traffic.Vehicles.Length, traffic.Blind,
            traffic.ArrivalsPerSecond is { } rate ? Math.Round(rate * 3600) : null, vehicles.MoveToImmutable());
    }
}
