using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Explain;

/// <summary>Facts of one intersection, from what was decided and shown.</summary>
internal sealed class FactsOf(Site site, IntersectionModel model)
{
    private const double AnHour = 3600;
    private readonly IntersectionSignals signals = model.Signals;
    private readonly IntersectionPart part = site.File.Of(model.Signals.Id);

    public LimitFacts Limits() => new(signals.DecisionIntervalSeconds, signals.MaximumRedSeconds);

    public ImmutableArray<PhaseFacts> Phases() => [.. signals.Phases.Select(Phase)];

    /// <param name="order">The order that stood; null for none.</param>
    public ShownFacts Shown(Frame frame, OperatorOrder? order)
    {
        var s = frame.Signals;
        return new(
            s.Second, frame.Mode, s.Phase.ToString(), s.Next?.ToString(), s.Second - s.Elapsed + 1, s.Elapsed,
            s.Next is { } next ? signals.Interphase(s.Phase, next).Length : 0, LampLetters.Of(s.Lamps))
        {
            Flash = order is { Act: OperatorAct.Flash } ? new(order.By, order.Until, order.Reason) : null,
        };
    }

    public AlarmFacts Alarm(Violation violation) => new(
        violation.Second, violation.Rule, violation.GroupB < 0 ? [GroupName(violation.GroupA)] : [GroupName(violation.GroupA), GroupName(violation.GroupB)]);

    /// <param name="account">How the phases were weighed; null for not at all.</param>
    /// <param name="waits">How long the first vehicles had stood.</param>
    public DecisionFacts Decision(Decision decision, Account? account, LaneWaits waits, bool blind) => new(
        decision.Second,
        decision.ActsAt,
        blind,
        decision.Strategy,
        decision.Failure,
        decision.Running.ToString(),
        decision.Before.Next is null ? decision.Before.Elapsed : 0,
        decision.Wanted.ToString(),
        decision.Granted.ToString(),
        decision.Bound,
        PossibleFrom(decision, decision.Wanted),
        decision.Motive,
        decision.Reason.ToString(),
        Seen(decision.Seen, waits) with
        {
            Asked = [.. decision.Asked.Select(Asked)],
            HeldGates = [.. model.Lanes.Where(lane => decision.Held is { } held && held[lane.Index]).Select(lane => HealthNames.Lane(model, lane.Index))],
        },
        account?.Yardstick,
        account is { Called: >= 0 and var called } ? LaneOf(model.Lanes[called]).Id.Value : null,
        account?.Usual?.ToString(),
        account?.Margin ?? 0,
        [.. signals.Phases.Select(p => Candidate(decision, account, p.Id))])
    {
        Level = decision.Rung.Level,
        Override = decision.Override is { } order
            ? new(OperatorCodec.NameOf(order.Act), order.Phase?.ToString(), order.By, order.Until, order.Reason, decision.Recommended.ToString())
            : null,
    };

    private CandidateFacts Candidate(Decision decision, Account? account, PhaseId phase)
    {
        var weighed = account?.Phases.Where(p => p.Phase == phase).Select(p => (PhaseAccount?)p).FirstOrDefault();
        var queue = model.Lanes.Where(lane => model.Serves(phase, lane.Index)).Sum(lane => decision.Seen.Lanes[lane.Index].Queue);
        return new(
            phase.ToString(), PossibleFrom(decision, phase), weighed?.Value,
            weighed?.Parts is { } parts ? new(parts.Vehicles, parts.Pedestrians, parts.SpeedingUp, parts.Left) : null, queue);
    }

    private long? PossibleFrom(Decision decision, PhaseId phase)
    {
        var from = SignalDecider.EarliestChange(signals, decision.Before, phase);
        return from - decision.ActsAt > AnHour ? null : from;
    }

    private SeenFacts Seen(TrafficPicture picture, LaneWaits waits)
    {
        var red = Enumerable.Range(0, model.UnseenGroups.Length)
            .Where(i => signals.Groups[model.UnseenGroups[i]].Kind == GroupKind.Pedestrian && picture.UnseenWaitSeconds[i] > 0)
            .Select(i => picture.UnseenWaitSeconds[i]).ToList();
        return new(
            [.. model.Lanes.Select(lane => Lane(lane, picture.Lanes[lane.Index], waits.Seconds(lane.Index)))],
            red.Count,
            red.Count == 0 ? 0 : red.Max(),
            [.. model.Intersection.ExitLanes.Where((_, exit) => picture.ExitBlocked[exit]).Select(lane => site.Network.Lanes[lane].Id.Value)])
        {
            LostDetectors = [.. Enumerable.Range(0, picture.Detectors.Length).Where(i => !picture.Detectors[i].IsGood).Select(i => Lost(i, picture.Detectors[i]))],
            BlockedLanes = [.. picture.Incidents.Select(incident => HealthNames.Lane(model, incident.Lane))],
        };
    }

    private AskedFacts Asked(AskedVehicle asked) => new(GroupName(asked.Request.Group), Math.Round(asked.Weight, 1), asked.Request.Persons, asked.Request.LateSeconds);

    private LostDetectorFacts Lost(int detector, DetectorHealth health) => new(HealthNames.Detector(model, detector), health.Condition, health.Reason);

    private LaneFacts Lane(LaneModel lane, LaneTraffic traffic, int waited) => new(
        LaneOf(lane).Id.Value, Arrows(lane.Movements), traffic.Queue, traffic.Vehicles.Length, waited)
    {
        InSightDeviation = Math.Round(Math.Sqrt(traffic.Variance), 2),
    };

    private Lane LaneOf(LaneModel lane) => site.Network.Lanes[model.Intersection.StopLanes[lane.Index].Lane];

    private PhaseFacts Phase(Phase phase)
    {
        var green = model.Movements.Where(m => model.RightOf(phase.Id, m.Index) != Right.None);
        return new(
            phase.Id.ToString(),
            phase.MinimumSeconds,
            Names([.. signals.Groups.Where(g => phase.Green[g.Index])]),
            [.. green.GroupBy(m => LaneOf(model.Lanes[m.StopLane]).Edge).Select(road => new WayFacts(site.Network.Edges[road.Key].Id.Value, Arrows(road.Select(m => m.Index))))],
            signals.Groups.Count(g => phase.Green[g.Index] && g.Kind == GroupKind.Pedestrian));
    }

    private ImmutableArray<string> Names(ImmutableArray<SignalGroup> groups) =>
        groups.All(g => part.NameOf(g) is not null) ? [.. groups.Select(g => part.NameOf(g)!)] : [];

    private string Arrows(IEnumerable<int> movements) =>
        string.Concat(movements.Select(m => TurnArrows.Of(model.Movements[m].Direction)).Distinct().OrderBy(TurnArrows.FromLeft.IndexOf));

    private string GroupName(int group) => part.NameOf(signals.Groups[group]) ?? $"{group + 1}";
}
