using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>A fixed cycle whose splits follow the queues: at the begin of each cycle the greens are moved by the mean queues of the last one.</summary>
/// <remarks>See <see cref="TucGain"/>; the projection keeps the cycle and the shortest greens.</remarks>
public sealed class TucStrategy : IStrategy
{
    private readonly IntersectionModel model;
    private readonly DayPlans plans;
    private readonly double[] queues;
    private readonly Proposal proposal = new();
    private long observed;
    private FixedPlan nominal;
    private FixedPlan current;

    public TucStrategy(IntersectionModel model, DayPlans plans)
    {
        (this.model, this.plans) = (model, plans);
        queues = new double[model.Lanes.Length];
        nominal = current = plans.Segments[0].Webster;
    }

    public string Name => "tuc";

    public Proposal Propose(in Situation situation)
    {
        var segment = plans.At(situation.ActsAt);
        if (!ReferenceEquals(nominal, segment.Webster) || nominal.CycleSecond(situation.ActsAt) == 0) Renew(segment);
        for (var lane = 0; lane < queues.Length; lane++) queues[lane] += situation.Picture.Lanes[lane].Queue;
        observed++;
        return proposal.Want(current.PhaseAt(situation.ActsAt), Motive.Plan, new("splits by queues"));
    }

    private void Renew(DaySegment segment)
    {
        nominal = segment.Webster;
        current = Moved(segment);
        Array.Clear(queues);
        observed = 0;
    }

    private FixedPlan Moved(DaySegment segment)
    {
        var steps = segment.Webster.Steps;
        var greens = new double[steps.Length];
        var passages = new int[steps.Length];
        for (var step = 0; step < steps.Length; step++)
        {
            passages[step] = model.Signals.Interphase(steps[(step + steps.Length - 1) % steps.Length].Phase, steps[step].Phase).Length;
            greens[step] = Length(segment.Webster, step) - passages[step];
            for (var lane = 0; lane < queues.Length && observed > 0; lane++)
                greens[step] += segment.Tuc.SecondsPerVehicle[step * queues.Length + lane] * queues[lane] / observed;
        }

        var seconds = CycleProjection.Whole(greens, segment.Tuc.LeastSeconds.AsSpan(), segment.Webster.CycleSeconds - passages.Sum());
        var starts = ImmutableArray.CreateBuilder<FixedStep>(steps.Length);
        var at = steps[0].InterphaseStart;
        for (var step = 0; step < steps.Length; step++)
        {
            starts.Add(new(steps[step].Phase, at));
            at += passages[step] + seconds[step];
        }

        return segment.Webster with { Steps = starts.MoveToImmutable() };
    }

    private static int Length(FixedPlan plan, int step) =>
        step + 1 < plan.Steps.Length
            ? plan.Steps[step + 1].InterphaseStart - plan.Steps[step].InterphaseStart
            : plan.CycleSeconds - plan.Steps[step].InterphaseStart + plan.Steps[0].InterphaseStart;
}
