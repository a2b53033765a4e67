using System.Collections.Immutable;
using System.Text.Json;
using TrafficAI.Runtime;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>What one run came to: the stable JSON of <c>simulate --json</c>, documented in docs/json.md. Delays are seconds, from the
/// trip file of the engine, over every vehicle scheduled in the window.</summary>
public sealed record RunSummary(
    string Schema,
    string Build,
    string Scenario,
    string Engine,
    string Strategy,
    string Class,
    string Sensing,
    int LatencyS,
    long Seed,
    double Scale,
    string Faults,
    long Begin,
    long End,
    double DelayS,
    double P95S,
    int Scheduled,
    int Finished,
    int Running,
    int NeverInserted,
    double DurationS,
    double WaitingS,
    RunTravel Travel,
    ControlFigures Control,
    ImmutableArray<DelayBin> DelayOverTime,
    ImmutableArray<IntersectionFigures> Intersections,
    ImmutableSortedDictionary<string, double>? Measures,
    string? Log,
    string? Note)
{
    public const string SchemaName = "trafficai.run.v1";

    /// <summary>How all JSON for users is written.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static RunSummary Of(
        SimulationSettings settings, SimulatedStreet street, ScoredTrips trips, ControlFigures control, ImmutableArray<IntersectionFigures> intersections) => new(
        SchemaName, RunHeader.ThisBuild, settings.Scenario, settings.Engine, settings.Strategy, ScenarioOptions.NameOf(settings.Class),
        settings.Sensing.ToString().ToLowerInvariant(), settings.LatencySeconds, settings.Seed, settings.Scale, settings.Faults,
        street.Scenario.Begin, street.Scenario.End,
        trips.Score.DelaySeconds, trips.Score.P95Seconds, trips.Score.Scheduled, trips.Score.Finished, trips.Score.Running,
        trips.Score.NeverInserted, trips.Score.DurationSeconds, trips.Score.WaitingSeconds, RunTravel.Of(trips.Travel), control,
        DelayBin.Of(trips.Vehicles, street.Scenario.Begin, street.Scenario.End), intersections, Measures: null, settings.Log is { } log ? Adapters.Shown(log) : null, NoteOn(street));

    private static string? NoteOn(SimulatedStreet street) =>
        string.Join(' ', street.Notes.Prepend(street.Scenario.EndNote ?? "")).Trim() is { Length: > 0 } note ? note : null;
}

/// <summary>What the controllers and actors of a run counted.</summary>
/// <param name="FramesLost">Frames that found no actor, or a full mailbox.</param>
/// <param name="FramesMissed">Intersection-seconds for which no frame came.</param>
/// <param name="FramesLate">Frames that came after their second had been decided on: believed, but not decided on.</param>
/// <param name="InputsRefused">Inputs that were damaged, overtaken or repeated.</param>
/// <param name="LocalSeconds">Controller-seconds on the controller's own plan, for want of a valid one of the optimiser.</param>
/// <param name="FaultSeconds">Controller-seconds in flashing amber after a safety violation; anything but 0 is a defect.</param>
/// <param name="Alarms">What monitors objected to: intersection, second, groups and rule; empty unless there is a defect.</param>
/// <param name="DecisionsSha256">One hash over every decision of every intersection; a replay must print the same.</param>
public sealed record ControlFigures(
    int Intersections,
    long Decisions,
    long PhaseChanges,
    long PlansAccepted,
    long PlansRefused,
    long FramesLost,
    long FramesMissed,
    long FramesLate,
    long InputsRefused,
    long LocalSeconds,
    long FaultSeconds,
    IReadOnlyList<string> Alarms,
    string DecisionsSha256);
