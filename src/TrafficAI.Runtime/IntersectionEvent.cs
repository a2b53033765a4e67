using System.Collections.Immutable;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Optimisation.Metering;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>An event of the stream <c>intersection-{id}</c>, ready to be recorded: readable JSON, past tense, versioned name.</summary>
public readonly record struct IntersectionEvent(string Type, ReadOnlyMemory<byte> Payload)
{
    public const string PhaseDecided = "phase-decided.v1";
    public const string LampsChanged = "lamps-changed.v1";
    public const string ModeChanged = "mode-changed.v1";
    public const string ViolationFound = "violation-found.v1";
    public const string StrategyFailed = "strategy-failed.v1";
    public const string DetectorHealthChanged = "detector-health-changed.v1";
    public const string ControlLevelChanged = "control-level-changed.v1";
    public const string IncidentFound = "incident-found.v1";
    public const string IncidentEnded = "incident-ended.v1";
    public const string GateHeld = "gate-held.v1";
    public const string GateOpened = "gate-opened.v1";
    public const string ParametersLearned = "parameters-learned.v1";
    public const string PriorityAnswered = "priority-answered.v1";
    public const string OverrideBegun = "override-begun.v1";
    public const string OverrideEnded = "override-ended.v1";
    public const string InputRefused = "input-refused.v1";
    public const string DecisionsDigested = "decisions-digested.v2";

    /// <summary>As it was: the hash over every decision from the first.</summary>
    public const string DecisionsDigestedFromFirst = "decisions-digested.v1";

    public static IntersectionEvent Decided(Decision decision) => new(PhaseDecided, EventJson.Encode(Events.PhaseDecided.Of(decision)));

    public static IntersectionEvent Lamps(Frame frame) => new(LampsChanged, EventJson.Encode(Events.LampsChanged.Of(frame.Signals)));

    public static IntersectionEvent Mode(long second, ControlMode mode) =>
        new(ModeChanged, EventJson.Encode(new ModeChanged(second, LampLetters.Of(mode))));

    /// <param name="shown">The signals as reported when the violation came to be known.</param>
    public static IntersectionEvent Violated(long revision, Violation violation, Witness by, SignalState shown) =>
        new(ViolationFound, EventJson.Encode(Events.ViolationFound.Of(revision, violation, by, shown)));

    /// <param name="decision">One that failed.</param>
    public static IntersectionEvent Failed(Decision decision) =>
        new(StrategyFailed, EventJson.Encode(new StrategyFailed(decision.Second, decision.InputRevision, decision.Failure!, decision.Strategy)));

    /// <param name="detector">Its name.</param>
    public static IntersectionEvent HealthChanged(long second, long revision, string detector, DetectorHealth health) =>
        new(DetectorHealthChanged, EventJson.Encode(new DetectorHealthChanged(second, revision, detector, HealthNames.Of(health.Condition), health.Reason)));

    public static IntersectionEvent LevelChanged(long second, long revision, ControlLevel from, Rung to) =>
        new(ControlLevelChanged, EventJson.Encode(new ControlLevelChanged(second, revision, HealthNames.Of(from), HealthNames.Of(to.Level), to.Reason.ToString())));

    /// <param name="lane">Name of the stop lane.</param>
    public static IntersectionEvent Found(long second, long revision, string lane, string reason) =>
        new(IncidentFound, EventJson.Encode(new IncidentFound(second, revision, lane, reason)));

    /// <param name="lane">Name of the stop lane.</param>
    public static IntersectionEvent IncidentOver(long second, long revision, string lane) =>
        new(IncidentEnded, EventJson.Encode(new IncidentEnded(second, revision, lane)));

    /// <param name="lanes">Names of the stop lanes.</param>
    public static IntersectionEvent Gate(long second, long revision, ImmutableArray<string> lanes, in GateChange change) => change.IsHeld
        ? new(GateHeld, EventJson.Encode(new GateHeld(second, revision, lanes, change.LoadPercent, change.VehiclesPerHour, change.QueueMetres, change.Reason)))
        : new(GateOpened, EventJson.Encode(new GateOpened(second, revision, lanes, change.LoadPercent, change.VehiclesPerHour, change.QueueMetres, change.Reason)));

    public static IntersectionEvent Learned(ParametersLearned learned) => new(ParametersLearned, EventJson.Encode(learned));

    public static IntersectionEvent Answered(long second, long revision, in PriorityAnswer answer) => new(PriorityAnswered, EventJson.Encode(
        new PriorityAnswered(second, revision, PriorityCodec.BootText(answer.Boot), answer.Number, StateOf(answer.Progress), answer.Reason)));

    public static IntersectionEvent Override(long second, long revision, in OverrideChange change) => change.End is null
        ? new(OverrideBegun, EventJson.Encode(Events.OverrideBegun.Of(second, revision, change.Order)))
        : new(OverrideEnded, EventJson.Encode(Events.OverrideEnded.Of(second, revision, change)));

    public static IntersectionEvent Refused(long second, long revision, string reason) =>
        new(InputRefused, EventJson.Encode(new InputRefused(second, revision, reason)));

    public static IntersectionEvent Digested(long second, long decisions, string sha256) =>
        new(DecisionsDigested, EventJson.Encode(new DecisionsDigested(second, decisions, sha256)));

    /// <summary>As it was recorded once.</summary>
    public static IntersectionEvent DigestedFromFirst(long second, long decisions, string sha256) =>
        new(DecisionsDigestedFromFirst, EventJson.Encode(new DecisionsDigested(second, decisions, sha256)));

    private static string StateOf(PriorityProgress progress) => progress switch
    {
        PriorityProgress.Queued => "queued",
        PriorityProgress.Activated => "activated",
        PriorityProgress.Completed => "completed",
        PriorityProgress.Rejected => "rejected",
        _ => "stale",
    };
}
