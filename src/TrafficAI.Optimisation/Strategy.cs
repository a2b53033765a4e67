using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>A phase that was considered, and what it was worth to the strategy (its index, pressure or call; more is better).</summary>
public readonly record struct Candidate(PhaseId Phase, double Worth);

/// <summary>A phase that a strategy expects later: a wish, not a promise.</summary>
/// <param name="AfterSeconds">From the second for which the proposal is made to the start of the passage to it; more than 0.</param>
public readonly record struct ExpectedPhase(PhaseId Phase, int AfterSeconds);

/// <summary>What a strategy wants.</summary>
/// <param name="Wanted">The phase wanted now.</param>
/// <param name="Expected">What it expects after that, by rising time; may be empty: the wanted phase holds.</param>
/// <param name="Candidates">What was considered, in phase order; may be empty for a strategy that weighs nothing.</param>
/// <param name="Reason">Why, in a few plain words.</param>
/// <param name="Motive">Why, for explanations.</param>
public sealed record Proposal(
    PhaseId Wanted, ImmutableArray<ExpectedPhase> Expected, ImmutableArray<Candidate> Candidates, string Reason, Motive Motive = Motive.Unstated);

/// <summary>What a strategy decides on.</summary>
/// <param name="Signals">The signals as they will be shown in the second before the proposal acts.</param>
public readonly record struct Situation(TrafficPicture Picture, SignalState Signals)
{
    /// <summary>The street second at which the proposal acts.</summary>
    public long ActsAt => Signals.Second + 1;
}

/// <summary>Wants a phase each second. One instance per intersection; whatever it remembers follows from what it was given, so the
/// same inputs give the same proposals. It cannot break a safety rule: it only wishes.</summary>
public interface IStrategy
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    Proposal Propose(in Situation situation);
}
