using System.Collections.Immutable;
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
        [.. Enumerable.Range(0, decision.Seen.ExitBlocked.Length).Where(exit => decision.Seen.ExitBlocked[exit])]);
}

/// <summary>A phase that was considered.</summary>
/// <param name="Worth">To the strategy: its index, pressure or call; more is better.</param>
public readonly record struct WeighedPhase(string Phase, double Worth);
