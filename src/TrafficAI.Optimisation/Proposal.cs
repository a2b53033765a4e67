using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>A phase that was considered, and what it was worth to the strategy (its index, pressure or call; more is better).</summary>
public readonly record struct Candidate(PhaseId Phase, double Worth);

/// <summary>A phase that a strategy expects later: a wish, not a promise.</summary>
/// <param name="AfterSeconds">From the second for which the proposal is made to the start of the passage to it; more than 0.</param>
public readonly record struct ExpectedPhase(PhaseId Phase, int AfterSeconds);

/// <summary>What a strategy wants. Each strategy has one, which it writes anew each second, so that a wish costs no memory: what it says is valid
/// until the strategy is asked again.</summary>
public sealed class Proposal
{
    private readonly List<ExpectedPhase> expected = [];
    private readonly List<Candidate> candidates = [];

    /// <summary>The phase wanted now.</summary>
    public PhaseId Wanted { get; private set; }

    /// <summary>Why, for explanations.</summary>
    public Motive Motive { get; private set; }

    /// <summary>Why, in a few plain words.</summary>
    public Reason Reason { get; private set; }

    /// <summary>The all red of the running passage is to last longer, as far as the intersection allows.</summary>
    public bool Clears { get; private set; }

    /// <summary>What it expects after that, by rising time; may be empty: the wanted phase holds.</summary>
    public ReadOnlySpan<ExpectedPhase> Expected => CollectionsMarshal.AsSpan(expected);

    /// <summary>What was considered, in phase order; may be empty for a strategy that weighs nothing.</summary>
    public ReadOnlySpan<Candidate> Candidates => CollectionsMarshal.AsSpan(candidates);

    /// <summary>Begins anew, with nothing expected and nothing considered.</summary>
    /// <returns>This one.</returns>
    public Proposal Want(PhaseId wanted, Motive motive, Reason reason)
    {
        (Wanted, Motive, Reason, Clears) = (wanted, motive, reason, false);
        expected.Clear();
        candidates.Clear();
        return this;
    }

    /// <summary>Of every strategy while an interphase runs: its target, since nothing else can be had.</summary>
    /// <returns>This one.</returns>
    public Proposal Pass(PhaseId target) => Want(target, Motive.Passage, new("interphase"));

    /// <summary>The same; those inside are to come out first.</summary>
    /// <returns>This one.</returns>
    public Proposal PassWhenClear(PhaseId target)
    {
        Want(target, Motive.Passage, new("vehicles inside the junction come out first"));
        Clears = true;
        return this;
    }

    /// <summary>Of whatever overrules a strategy: a phase, or while an interphase runs its target; for the same reason.</summary>
    /// <returns>This one.</returns>
    internal Proposal WantOrPass(SignalState signals, PhaseId wanted, Motive motive, Reason reason) =>
        signals.Next is { } passingTo ? Want(passingTo, Motive.Passage, reason) : Want(wanted, motive, reason);

    /// <summary>Adds a phase that is expected later than those before it.</summary>
    public void Expect(PhaseId phase, int afterSeconds) => expected.Add(new(phase, afterSeconds));

    /// <summary>Adds a phase that was considered.</summary>
    public void Weigh(PhaseId phase, double worth) => candidates.Add(new(phase, worth));

    /// <summary>Some phase is expected.</summary>
    internal bool Expects(PhaseId phase)
    {
        foreach (var later in expected)
        {
            if (later.Phase == phase) return true;
        }

        return false;
    }
}
