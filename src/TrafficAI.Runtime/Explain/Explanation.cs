using System.Collections.Immutable;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Explain;

/// <summary>Why an intersection showed what it showed at one moment: facts without words, documented in docs/json.md. Seconds are street
/// seconds; durations end in S.</summary>
/// <param name="Schema">Form and version.</param>
/// <param name="RecordedBy">Build that decided.</param>
/// <param name="ExplainedBy">Build that decided again.</param>
/// <param name="Names">What people call the intersection.</param>
/// <param name="Instant">The same moment by the date of <c>signals.json</c>, ISO 8601 in UTC; null where it names none.</param>
/// <param name="Shown">Null where nothing was recorded.</param>
/// <param name="LogEnds">The last second of which lamps are known; null where none are.</param>
/// <param name="Message">What came from the controller in that second.</param>
/// <param name="Refusal">Why the message was refused, in English; else null.</param>
/// <param name="Alarm">A violation that no person has released yet.</param>
/// <param name="Decided">The decision that led to what is shown: the last change of the wanted phase, or of the guard that bound.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Now">The decision of the second itself; null where it is <paramref name="Decided"/>, or none was made.</param>
public sealed record Explanation(
    string Schema,
    string RecordedBy,
    string ExplainedBy,
    string Scenario,
    string Intersection,
    Names Names,
    long Second,
    string? Instant,
    LimitFacts Limits,
    ImmutableArray<PhaseFacts> Phases,
    ShownFacts? Shown,
    long? LogEnds,
    Message Message,
    string? Refusal,
    AlarmFacts? Alarm,
    DecisionFacts? Decided,
    OutcomeFacts? Outcome,
    DecisionFacts? Now)
{
    public const string SchemaName = "trafficai.explain.v1";

    /// <summary>The phase of that name.</summary>
    public PhaseFacts Phase(string name) => Phases.First(p => p.Phase == name);
}

/// <summary>What came from the controller in one second.</summary>
public enum Message
{
    Frame,
    Missing,
    Refused,

    /// <summary>The record does not reach so far.</summary>
    Unknown,
}

/// <summary>Rules of the whole intersection.</summary>
/// <param name="DecisionIntervalS">A phase may be left only at multiples of this street second.</param>
/// <param name="MaximumRedS">Longest red of a group; null for no limit.</param>
public sealed record LimitFacts(int DecisionIntervalS, int? MaximumRedS);

/// <summary>A phase of the intersection.</summary>
/// <param name="Groups">Names of its signal groups, where <c>signals.json</c> names them all.</param>
/// <param name="Ways">Who has green, by road.</param>
/// <param name="Crossings">Pedestrian groups that have green.</param>
public sealed record PhaseFacts(string Phase, int MinimumS, ImmutableArray<string> Groups, ImmutableArray<WayFacts> Ways, int Crossings);

/// <summary>The ways from one road.</summary>
/// <param name="Turns">From left to right, each once, as arrows.</param>
public sealed record WayFacts(string Road, string Turns);

/// <summary>What the lamps show.</summary>
/// <param name="Second">The second of these lamps: the one asked for, or the last reported before it.</param>
/// <param name="Phase">That runs, or is being left.</param>
/// <param name="Next">During a passage the phase that it leads to.</param>
/// <param name="Since">First second of the phase, or of the passage.</param>
/// <param name="PassageS">Length of the passage; 0 without one.</param>
/// <param name="Lamps">A letter per group (<see cref="LampLetters"/>).</param>
public sealed record ShownFacts(long Second, ControlMode Mode, string Phase, string? Next, long Since, int ElapsedS, int PassageS, string Lamps)
{
    /// <summary>The order by which amber flashes; null for none.</summary>
    public FlashFacts? Flash { get; init; }
}

/// <summary>An order to flash amber.</summary>
/// <param name="By">The name of an operator's account, or <c>timetable</c>.</param>
/// <param name="Until">The first street second at which it no longer counts.</param>
public sealed record FlashFacts(string By, long Until, string Reason);

/// <summary>A violation of a safety rule.</summary>
/// <param name="Groups">Names of the groups concerned, or their numbers from 1.</param>
public sealed record AlarmFacts(long Second, SafetyRule Rule, ImmutableArray<string> Groups);

/// <summary>One decision.</summary>
/// <param name="ActsAt">First second that it could change.</param>
/// <param name="Blind">No message had come: it was decided on what was believed.</param>
/// <param name="Strategy">Who proposed.</param>
/// <param name="Failure">What went wrong in the strategy; the fixed plan proposed then.</param>
/// <param name="Running">The phase that ran, or was being passed to.</param>
/// <param name="RunningS">For how long it had run; 0 during a passage.</param>
/// <param name="Granted">The phase that safety granted.</param>
/// <param name="WantedFrom">The first second at which safety would grant the wish; null for none within an hour.</param>
/// <param name="Reason">As recorded, in English.</param>
/// <param name="Yardstick">What the candidates were measured by; null where none were.</param>
/// <param name="CalledLane">The stop lane whose turn had come after a long wait; null for none.</param>
/// <param name="Usual">The candidate that is taken unless another is better by more than <paramref name="Margin"/>.</param>
public sealed record DecisionFacts(
    long Second,
    long ActsAt,
    bool Blind,
    string Strategy,
    string? Failure,
    string Running,
    int RunningS,
    string Wanted,
    string Granted,
    Guard Guard,
    long? WantedFrom,
    Motive Motive,
    string Reason,
    SeenFacts Seen,
    Yardstick? Yardstick,
    string? CalledLane,
    string? Usual,
    double Margin,
    ImmutableArray<CandidateFacts> Candidates)
{
    /// <summary>The rung of the fallback ladder.</summary>
    public ControlLevel Level { get; init; }

    /// <summary>The order of an operator that stood; null for none.</summary>
    public OverrideFacts? Override { get; init; }
}

/// <summary>An order of an operator.</summary>
/// <param name="Act">hold, plan or flash.</param>
/// <param name="Phase">That is held; null for another act.</param>
/// <param name="Until">The first street second at which it no longer counts.</param>
/// <param name="Reason">In the operator's own words.</param>
/// <param name="Recommended">The phase that was wanted before it.</param>
public sealed record OverrideFacts(string Act, string? Phase, string By, long Until, string Reason, string Recommended);

/// <summary>The traffic that was decided on.</summary>
/// <param name="Lanes">Every stop lane.</param>
/// <param name="CrossingsRed">Pedestrian groups that were red.</param>
/// <param name="LongestRedS">How long the longest of them had been.</param>
/// <param name="FullExits">Lanes behind the junction into which nothing more fitted.</param>
public sealed record SeenFacts(ImmutableArray<LaneFacts> Lanes, int CrossingsRed, int LongestRedS, ImmutableArray<string> FullExits)
{
    /// <summary>Detectors that are not believed.</summary>
    public ImmutableArray<LostDetectorFacts> LostDetectors { get; init; } = [];

    /// <summary>Stop lanes that something blocks.</summary>
    public ImmutableArray<string> BlockedLanes { get; init; } = [];

    /// <summary>Stop lanes at the edge of a region that is too full, whose queue is to wait.</summary>
    public ImmutableArray<string> HeldGates { get; init; } = [];

    /// <summary>Buses that had asked for priority.</summary>
    public ImmutableArray<AskedFacts> Asked { get; init; } = [];
}

/// <summary>A bus that had asked for priority.</summary>
/// <param name="Group">Name of the signal group, or its number from 1.</param>
/// <param name="Weight">What its waiting counts, in cars.</param>
/// <param name="Persons">Aboard; null where nobody said.</param>
/// <param name="LateS">Null where nobody said.</param>
public sealed record AskedFacts(string Group, double Weight, int? Persons, int? LateS);

/// <summary>A detector that is not believed.</summary>
/// <param name="Reason">As recorded, in English.</param>
public sealed record LostDetectorFacts(string Detector, DetectorCondition Condition, string Reason);

/// <summary>One stop lane.</summary>
/// <param name="Turns">From left to right, as arrows.</param>
/// <param name="Queue">Standing vehicles, estimated.</param>
/// <param name="InSight">Vehicles on their way to it, standing ones included.</param>
/// <param name="WaitedS">How long its first vehicle had stood while nobody left; 0 for a lane that moves.</param>
public sealed record LaneFacts(string Lane, string Turns, double Queue, int InSight, int WaitedS)
{
    /// <summary>Standard deviation of the number in sight; 0 where each vehicle is seen.</summary>
    public double InSightDeviation { get; init; }
}

/// <summary>A phase that could be wanted.</summary>
/// <param name="PossibleFrom">The first second at which safety would grant it; null for none within an hour.</param>
/// <param name="Value">By the yardstick; null where it was not weighed.</param>
/// <param name="Parts">Of an expected waiting; they add up to the value.</param>
/// <param name="Queue">Standing vehicles on the lanes that it serves.</param>
public sealed record CandidateFacts(string Phase, long? PossibleFrom, double? Value, PartFacts? Parts, double Queue);

/// <summary>An expected waiting by kind, in vehicle-seconds: see <see cref="CostParts"/>.</summary>
public sealed record PartFacts(double Vehicles, double Pedestrians, double SpeedingUp, double Left);

/// <summary>What became of a decision.</summary>
/// <param name="Phase">The phase that it was about: the one that was wanted, or that safety chose instead.</param>
/// <param name="PassageFrom">First second of the passage to it; null where it ran already, or was not passed to.</param>
/// <param name="GreenFrom">First second after that passage.</param>
/// <param name="Other">The phase that came next, where another one did; else null.</param>
/// <param name="OtherFrom">First second of the passage to that.</param>
/// <param name="ObservedUntil">The last second of which lamps were looked at.</param>
public sealed record OutcomeFacts(string Phase, long? PassageFrom, long? GreenFrom, string? Other, long? OtherFrom, long ObservedUntil);
