using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>One entry of a phase plan; seconds are street seconds, of the start of the passage to the phase.</summary>
/// <param name="Earliest">Not before.</param>
/// <param name="Planned">The wish.</param>
/// <param name="Latest">Not after, if safety allows.</param>
public readonly record struct PlanEntry(PhaseId Phase, long Earliest, long Planned, long Latest);

/// <summary>What the optimiser wants of a controller: sent whole every second, so that repeats and losses are harmless.</summary>
/// <param name="BasedOnSecond">Street second of the frame that it was decided on.</param>
/// <param name="BasedOnLamps">Lamp sequence number in that frame.</param>
/// <param name="Epoch">Rises with every start of a server.</param>
/// <param name="Sequence">Rises by one with every plan of the epoch.</param>
/// <param name="LeaseSeconds">The controller obeys it for so long after <paramref name="BasedOnSecond"/>, then runs its own plan.</param>
/// <param name="CommittedUntil">Up to this street second the entries will not change.</param>
/// <param name="Decision">Id of the decision: revision of the input that it was made on.</param>
/// <param name="Entries">By rising planned start: what plans before it want until it acts itself, the phase wanted then, those expected after it.</param>
public sealed record PhasePlan(
    Network.IntersectionId Intersection,
    long BasedOnSecond,
    long BasedOnLamps,
    long Epoch,
    long Sequence,
    int LeaseSeconds,
    long CommittedUntil,
    long Decision,
    ImmutableArray<PlanEntry> Entries)
{
    /// <summary>Before this street second the all red of an interphase is lengthened, as far as the configuration allows; at or before <see cref="BasedOnSecond"/> it never is.</summary>
    public long AllRedUntil { get; init; } = BasedOnSecond;
}
