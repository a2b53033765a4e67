using TrafficAI.Optimisation;
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
    public const string InputRefused = "input-refused.v1";
    public const string DecisionsDigested = "decisions-digested.v1";

    /// <summary>All types, for the tests that each has a reader and a golden file.</summary>
    public static readonly string[] Types = [PhaseDecided, LampsChanged, ModeChanged, ViolationFound, StrategyFailed, InputRefused, DecisionsDigested];

    public static IntersectionEvent Decided(Decision decision) => new(PhaseDecided, EventJson.Write(json =>
    {
        json.WriteNumber("second", decision.Second);
        json.WriteNumber("input", decision.InputRevision);
        json.WriteNumber("actsAt", decision.ActsAt);
        json.WriteString("running", decision.Running.ToString());
        json.WriteString("wanted", decision.Wanted.ToString());
        json.WriteString("granted", decision.Granted.ToString());
        json.WriteString("bound", GuardNames.Of(decision.Bound));
        json.WriteString("strategy", decision.Strategy);
        json.WriteString("reason", decision.Reason);
        json.WriteStartArray("candidates");
        foreach (var candidate in decision.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("phase", candidate.Phase.ToString());
            json.WriteNumber("worth", candidate.Worth);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("queues");
        foreach (var lane in decision.Seen.Lanes) json.WriteNumberValue(lane.Queue);
        json.WriteEndArray();
        json.WriteStartArray("vehicles");
        foreach (var lane in decision.Seen.Lanes) json.WriteNumberValue(lane.Vehicles.Length);
        json.WriteEndArray();
        json.WriteStartArray("blockedExits");
        for (var i = 0; i < decision.Seen.ExitBlocked.Length; i++)
        {
            if (decision.Seen.ExitBlocked[i]) json.WriteNumberValue(i);
        }

        json.WriteEndArray();
    }));

    public static IntersectionEvent Lamps(Frame frame) => new(LampsChanged, EventJson.Write(json =>
    {
        json.WriteNumber("second", frame.Signals.Second);
        json.WriteString("phase", frame.Signals.Phase.ToString());
        if (frame.Signals.Next is { } next) json.WriteString("next", next.ToString());
        json.WriteString("lamps", LampLetters.Of(frame.Signals.Lamps));
        json.WriteNumber("sequence", frame.Signals.LampSequence);
    }));

    public static IntersectionEvent Mode(long second, ControlMode mode) => new(ModeChanged, EventJson.Write(json =>
    {
        json.WriteNumber("second", second);
        json.WriteString("mode", LampLetters.Of(mode));
    }));

    /// <param name="shown">The signals as reported when the violation came to be known.</param>
    public static IntersectionEvent Violated(long revision, Violation violation, Witness by, SignalState shown) => new(ViolationFound, EventJson.Write(json =>
    {
        json.WriteNumber("second", violation.Second);
        json.WriteNumber("input", revision);
        json.WriteString("rule", RuleNames.Of(violation.Rule));
        json.WriteStartArray("groups");
        json.WriteNumberValue(violation.GroupA + 1);
        if (violation.GroupB >= 0) json.WriteNumberValue(violation.GroupB + 1);
        json.WriteEndArray();
        json.WriteString("phase", shown.Phase.ToString());
        if (shown.Next is { } next) json.WriteString("next", next.ToString());
        json.WriteString("seenBy", by == Witness.Controller ? "controller" : "server");
        json.WriteString("text", violation.Text);
    }));

    public static IntersectionEvent Failed(Decision decision) => new(StrategyFailed, EventJson.Write(json =>
    {
        json.WriteNumber("second", decision.Second);
        json.WriteNumber("input", decision.InputRevision);
        json.WriteString("failure", decision.Failure);
        json.WriteString("fallback", decision.Strategy);
    }));

    public static IntersectionEvent Refused(long second, long revision, string reason) => new(InputRefused, EventJson.Write(json =>
    {
        json.WriteNumber("second", second);
        json.WriteNumber("input", revision);
        json.WriteString("reason", reason);
    }));

    public static IntersectionEvent Digested(long second, long decisions, string sha256) => new(DecisionsDigested, EventJson.Write(json =>
    {
        json.WriteNumber("second", second);
        json.WriteNumber("decisions", decisions);
        json.WriteString("sha256", sha256);
    }));
}
