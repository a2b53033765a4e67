using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAI.Optimisation;

namespace TrafficAI.Runtime.Events;

/// <summary>The wanted phase has changed, or what safety makes of it: what was seen, what was weighed, what came of it.</summary>
/// <param name="Second">Street second of the frame.</param>
/// <param name="Input">Revision of the input that it was decided on.</param>
/// <param name="ActsAt">The first street second that it can change.</param>
/// <param name="Running">The phase that runs, or is being passed to, just before that.</param>
/// <param name="Wanted">The phase that the strategy wants.</param>
/// <param name="Granted">The phase that safety grants.</param>
/// <param name="Bound">The guard that altered the wish (<see cref="GuardNames"/>).</param>
/// <param name="Candidates">What was considered.</param>
/// <param name="Queues">Per stop lane: standing vehicles, estimated.</param>
/// <param name="Vehicles">Per stop lane: vehicles on their way.</param>
/// <param name="BlockedExits">Indices of the exit lanes into which nothing more fits.</param>
public sealed record PhaseDecided(
    long Second,
    long Input,
    long ActsAt,
    string Running,
    string Wanted,
    string Granted,
    string Bound,
    string Strategy,
    string Reason,
    ImmutableArray<WeighedPhase> Candidates,
    ImmutableArray<double> Queues,
    ImmutableArray<int> Vehicles,
    ImmutableArray<int> BlockedExits)
{
    /// <summary>Vehicles that had asked for priority and counted for more than a car; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WeighedRequest>? Asked { get; init; }

    /// <summary>The order of an operator that stood; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StandingOverride? Override { get; init; }

    public static PhaseDecided Of(Decision decision) => new(
        decision.Second,
        decision.InputRevision,
        decision.ActsAt,
        decision.Running.ToString(),
        decision.Wanted.ToString(),
        decision.Granted.ToString(),
        GuardNames.Of(decision.Bound),
        decision.Strategy,
        decision.Reason.ToString(),
        [.. decision.Candidates.ToArray().Select(c => new WeighedPhase(c.Phase.ToString(), c.Worth))],
        [.. decision.Seen.Lanes.Select(lane => lane.Queue)],
        [.. decision.Seen.Lanes.Select(lane => lane.Vehicles.Length)],
        [.. Enumerable.Range(0, decision.Seen.ExitBlocked.Length).Where(exit => decision.Seen.ExitBlocked[exit])])
    {
        Asked = decision.Asked.Count == 0 ? null : [.. decision.Asked.Select(asked => new WeighedRequest(asked.Request.Number, asked.Request.Group + 1, asked.Weight))],
        Override = decision.Override is { } order ? new(OperatorCodec.NameOf(order.Act), order.By, order.Until, decision.Recommended.ToString()) : null,
    };
}

/// <summary>A vehicle that had asked for priority.</summary>
/// <param name="Request">The controller's number for it.</param>
/// <param name="Group">From 1.</param>
/// <param name="Weight">What its waiting counts, in cars.</param>
public readonly record struct WeighedRequest(uint Request, int Group, double Weight);

/// <summary>An order of an operator that stood (override-begun.v1 gives its reason).</summary>
/// <param name="Act">hold, plan or flash.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="Until">The first street second at which it no longer counts.</param>
/// <param name="Recommended">The phase that was wanted before it.</param>
public sealed record StandingOverride(string Act, string By, long Until, string Recommended);

/// <summary>A phase that was considered.</summary>
/// <param name="Worth">To the strategy: its index, pressure or call; more is better.</param>
public readonly record struct WeighedPhase(string Phase, double Worth);
