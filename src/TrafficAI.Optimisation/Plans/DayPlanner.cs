using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Plans;

/// <summary>From the counts of an intersection to its plans of the day.</summary>
public static class DayPlanner
{
    /// <summary>Vehicles per hour of a movement on which fewer were counted: nobody is no promise.</summary>
    private const double LeastFlow = 1;

    /// <param name="counts">With at least one interval.</param>
    public static ImmutableArray<PlannedSegment> Compute(IntersectionModel model, IntersectionCounts counts) =>
        [.. DaySegmentation.Split(counts.Intervals).Select(part => Compute(model, counts, part))];

    private static PlannedSegment Compute(IntersectionModel model, IntersectionCounts counts, ImmutableArray<CountedInterval> part)
    {
        ImmutableArray<double> flows = [.. model.Movements.Select(m => Math.Max(LeastFlow, part.Sum(i => i.Vehicles[m.Index]) * 3600 / part.Sum(i => i.Seconds)))];
        var plan = PhaseSequences.Of(model.Signals)
            .Select(order => WebsterPlan.Compute(model.Signals, SplitProblemBuilder.Build(model, flows, counts.HeadwaySeconds, order)))
            .MinBy(p => p.Delay)!;
        return new(new(part[0].From, plan.Plan, TucGain.Of(model, plan.Problem), ActuatedSettings.Of(plan)), plan, flows);
    }
}

/// <summary>A part of the day with what it was computed from.</summary>
/// <param name="Flows">Per movement, vehicles per hour.</param>
public sealed record PlannedSegment(DaySegment Segment, WebsterPlan Plan, ImmutableArray<double> Flows);
