using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Operation;

/// <summary>The override that stands at an intersection, if any. It stands above the strategy and below emergency vehicles, and only wishes: no order of a person breaks a safety
/// rule. Each has a reason and an end. Where nobody has ordered anything, the timetable has amber flash at night (<see cref="NightFlash"/>); who takes that back has phases until the next night.</summary>
public sealed class OperatorDesk(IntersectionModel model)
{
    /// <summary>No override lasts longer.</summary>
    public const int LongestSeconds = 7200;

    /// <summary>Characters that a reason has at least.</summary>
    public const int ShortestReason = 10;

    /// <summary>Characters that a reason has at most.</summary>
    public const int LongestReason = 500;

    /// <summary>Characters that the name of an operator has at most.</summary>
    public const int LongestName = 100;

    /// <summary>Who orders what <see cref="NightFlash"/> says.</summary>
    public const string Timetable = "timetable";

    private readonly Proposal proposal = new();
    private readonly List<OverrideChange> changes = [];
    private long awakeUntil = long.MinValue;

    /// <summary>The order that counts now; null for none.</summary>
    public OperatorOrder? Standing { get; private set; }

    /// <summary>Takes an order; it counts from the next decision on.</summary>
    /// <param name="second">The newest street second.</param>
    /// <returns>Why it cannot be taken, in a few words; null if nothing is wrong.</returns>
    public string? Take(OperatorOrder order, long second)
    {
        if (Complaint(order, second) is { } complaint) return complaint;
        var isRelease = order.Act == OperatorAct.Release;
        if (isRelease) WakeUp();
        if (Standing is not null) End(isRelease ? OverrideEnd.Withdrawn : OverrideEnd.Replaced, order);
        if (isRelease) return null;
        Standing = order;
        changes.Add(new(order, null, null));
        return null;
    }

    /// <summary>What has begun and ended since the last call, in that order.</summary>
    /// <param name="second">A street second, older than the last one where an input came late: what is over by then ends.</param>
    public IReadOnlyList<OverrideChange> Changes(long second)
    {
        if (second >= Standing?.Until)
        {
            WakeUp();
            End(OverrideEnd.Expired, null);
        }

        FollowTimetable(second);
        if (changes.Count == 0) return [];
        var told = changes.ToArray();
        changes.Clear();
        return told;
    }

    /// <summary>What is wanted in the end. To be called once a decision, in rising seconds.</summary>
    /// <param name="usual">What the strategy wants.</param>
    /// <param name="plan">Proposes the plan of fixed times.</param>
    public Proposal Over(in Situation situation, Proposal usual, IStrategy plan) => Standing switch
    {
        { Until: var until } when situation.ActsAt >= until => usual,
        { Act: OperatorAct.Hold, Phase: { } held } => proposal.WantOrPass(situation.Signals, held, Motive.Operator, new("an operator holds F{0}", held.Number)),
        { Act: OperatorAct.Plan } => Plan(plan.Propose(situation)),
        _ => usual,
    };

    private void FollowTimetable(long second)
    {
        if (Standing is not null || second < awakeUntil || model.Signals.Night is not { } night || night.EndAt(second) is not { } end) return;
        Standing = new(OperatorAct.Flash, null, end, Timetable, $"flashing amber by the time of day, {night}");
        changes.Add(new(Standing, null, null));
    }

    /// <summary>A night that has ended does not begin again, not for an input of one of its seconds that comes late either.</summary>
    private void WakeUp()
    {
        if (Standing is { By: Timetable } night) awakeUntil = night.Until;
    }

    private Proposal Plan(Proposal planned)
    {
        proposal.Want(planned.Wanted, Motive.OperatorPlan, new("an operator wants the plan of fixed times"));
        foreach (var later in planned.Expected) proposal.Expect(later.Phase, later.AfterSeconds);
        return proposal;
    }

    private void End(OverrideEnd how, OperatorOrder? by)
    {
        changes.Add(new(Standing!, how, by));
        Standing = null;
    }

    private string? Complaint(OperatorOrder order, long second)
    {
        if (string.IsNullOrWhiteSpace(order.By) || order.By.Length > LongestName) return $"an order names who gave it, in 1 to {LongestName} characters";
        if (order.By == Timetable) return $"nobody but the timetable orders as '{Timetable}'";
        if (order.Reason.Trim().Length is < ShortestReason or > LongestReason) return $"an order gives its reason in {ShortestReason} to {LongestReason} characters";
        if (order.Act == OperatorAct.Release) return Standing is null ? "there is no override to take back" : null;
        if (order.Until <= second || order.Until - second > LongestSeconds) return $"an override ends after 1 to {LongestSeconds} s";
        if (order.Act != OperatorAct.Hold) return order.Phase is null ? null : "only an order to hold names a phase";
        return order.Phase is { } phase && SignalDecider.IsKnown(model.Signals, phase) ? null : "an order to hold names a phase of this intersection";
    }
}
