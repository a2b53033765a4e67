using System.Collections.Immutable;
using TrafficAI.Optimisation.Health;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What one input led to.</summary>
/// <param name="Second">Street second of the frame.</param>
/// <param name="InputRevision">Revision of that frame in the intersection's input stream.</param>
/// <param name="ActsAt">The first street second that it can change.</param>
/// <param name="Running">The phase that runs, or that the running interphase leads to, just before <paramref name="ActsAt"/>.</param>
/// <param name="Wanted">The phase that the strategy wants.</param>
/// <param name="Granted">The phase that runs, or that the interphase leads to, at <paramref name="ActsAt"/>.</param>
/// <param name="Bound">The guard that altered the wish, if any.</param>
/// <param name="Strategy">Who proposed: the strategy, or its fallback.</param>
/// <param name="Failure">What went wrong in the strategy, if it failed; the fallback proposed then.</param>
/// <param name="Candidates">What was considered.</param>
/// <param name="Seen">The traffic that it was decided on.</param>
/// <param name="Plan">What to send.</param>
/// <param name="Before">The signals as they were to be shown in the second before <paramref name="ActsAt"/>.</param>
/// <param name="Motive">As <paramref name="Reason"/>, for explanations.</param>
public sealed record Decision(
    long Second,
    long InputRevision,
    long ActsAt,
    PhaseId Running,
    PhaseId Wanted,
    PhaseId Granted,
    Guard Bound,
    string Strategy,
    string? Failure,
    string Reason,
    ImmutableArray<Candidate> Candidates,
    TrafficPicture Seen,
    PhasePlan Plan,
    SignalState Before,
    Motive Motive)
{
    /// <summary>The rung of the fallback ladder that it was decided on.</summary>
    public Rung Rung { get; init; }

    /// <summary>How far a pre-emption had come.</summary>
    public PreemptionStage Preemption { get; init; }
}
