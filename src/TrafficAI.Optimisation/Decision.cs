using System.Runtime.InteropServices;
using TrafficAI.Optimisation.Health;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What one input led to. An <see cref="IntersectionOptimiser"/> has one, which it writes anew each second, so that a decision costs no
/// memory: it is valid until the next input; <see cref="Copy"/> keeps one.</summary>
public sealed class Decision
{
    private readonly IntersectionSignals signals;
    private readonly DecisionOptions options;
    private List<Candidate> candidates = [];
    private List<PlanEntry> entries = [];

    internal Decision(IntersectionSignals signals, DecisionOptions options, in Situation situation)
    {
        (this.signals, this.options) = (signals, options);
        (Seen, Before, Asked, Held) = (situation.Picture, situation.Signals, situation.Asked, situation.Held);
    }

    /// <summary>Street second of the frame.</summary>
    public long Second { get; internal set; }

    /// <summary>Revision of that frame in the intersection's input stream.</summary>
    public long InputRevision { get; internal set; }

    /// <summary>The first street second that it can change.</summary>
    public long ActsAt { get; internal set; }

    /// <summary>The phase that runs, or that the running interphase leads to, just before <see cref="ActsAt"/>.</summary>
    public PhaseId Running => Before.Target;

    /// <summary>The phase that the strategy wants.</summary>
    public PhaseId Wanted { get; private set; }

    /// <summary>The phase that runs, or that the interphase leads to, at <see cref="ActsAt"/>.</summary>
    public PhaseId Granted { get; internal set; }

    /// <summary>The guard that altered the wish, if any.</summary>
    public Guard Bound { get; internal set; }

    /// <summary>Who proposed: the strategy, or its fallback.</summary>
    public string Strategy { get; internal set; } = "";

    /// <summary>What went wrong in the strategy, if it failed; the fallback proposed then.</summary>
    public string? Failure { get; internal set; }

    /// <summary>Why, in a few plain words.</summary>
    public Reason Reason { get; private set; }

    /// <summary>Why, for explanations.</summary>
    public Motive Motive { get; private set; }

    /// <summary>What was considered.</summary>
    public ReadOnlySpan<Candidate> Candidates => CollectionsMarshal.AsSpan(candidates);

    /// <summary>The traffic that it was decided on.</summary>
    public TrafficPicture Seen { get; internal set; }

    /// <summary>The signals as they were to be shown in the second before <see cref="ActsAt"/>.</summary>
    public SignalState Before { get; internal set; }

    /// <summary>Vehicles that had asked for priority and counted for more than a car.</summary>
    public List<AskedVehicle> Asked { get; internal set; }

    /// <summary>As <see cref="Situation.Held"/>.</summary>
    public bool[]? Held { get; internal set; }

    /// <summary>The rung of the fallback ladder that it was decided on.</summary>
    public Rung Rung { get; internal set; }

    /// <summary>The order of an operator that stood; null for none.</summary>
    public OperatorOrder? Override { get; internal set; }

    /// <summary>The phase that was wanted before operators and emergency vehicles had their say.</summary>
    public PhaseId Recommended { get; internal set; }

    /// <summary>How far a pre-emption had come.</summary>
    public PreemptionStage Preemption { get; internal set; }

    /// <summary>What the plan says: see <see cref="PhasePlan.Entries"/>.</summary>
    public ReadOnlySpan<PlanEntry> Entries => CollectionsMarshal.AsSpan(entries);

    /// <summary>As <see cref="PhasePlan.Sequence"/>.</summary>
    public long Sequence { get; internal set; }

    /// <summary>As <see cref="PhasePlan.CommittedUntil"/>.</summary>
    public long CommittedUntil { get; internal set; }

    /// <summary>As <see cref="PhasePlan.AllRedUntil"/>.</summary>
    public long AllRedUntil { get; internal set; }

    /// <summary>As <see cref="PhasePlan.BasedOnLamps"/>.</summary>
    internal long BasedOnLamps { get; set; }

    /// <summary>What to send; keeps what it says.</summary>
    public PhasePlan ToPlan() => new(
        signals.Id, Second, BasedOnLamps, options.Epoch, Sequence, options.LeaseSeconds, CommittedUntil, InputRevision, [.. entries]) { AllRedUntil = AllRedUntil };

    /// <summary>Takes over what was proposed.</summary>
    internal void Propose(Proposal proposal)
    {
        (Wanted, Motive, Reason) = (proposal.Wanted, proposal.Motive, proposal.Reason);
        candidates.Clear();
        candidates.AddRange(proposal.Candidates);
        entries.Clear();
    }

    /// <summary>Adds an entry to the plan.</summary>
    internal void Plan(in PlanEntry entry) => entries.Add(entry);

    /// <summary>The same, for ever.</summary>
    public Decision Copy()
    {
        var copy = (Decision)MemberwiseClone();
        (copy.candidates, copy.entries, copy.Asked, copy.Held) = ([.. candidates], [.. entries], [.. Asked], Held?.ToArray());
        (copy.Seen, copy.Before) = (Seen.Copy(), Before with { LampSeconds = [.. Before.LampSeconds] });
        return copy;
    }
}
