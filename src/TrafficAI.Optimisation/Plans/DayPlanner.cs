using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>From the counts of an intersection to its plans of the day.</summary>
/// <remarks>For each part of the day, plans are computed for its mean flows, for those of its fullest quarters, and between; with each sequence of phases. The one with
/// the least delay over all its quarters is kept: a plan for the mean alone fails in the peak, one for all peaks at once is for a traffic that never comes.</remarks>
public sealed class DayPlanner
{
    /// <summary>Vehicles per hour of a movement on which fewer were counted: nobody is no promise.</summary>
    private const double LeastFlow = 1;

    private static readonly ImmutableArray<double> PeakWeights = [0, 0.25, 0.5, 0.75, 1];

    private readonly IntersectionModel model;
    private readonly bool turnsMayYield;
    private readonly ImmutableArray<double> headways;
    private readonly ImmutableArray<ImmutableArray<double>> quarters;
    private readonly ImmutableArray<double> mean;
    private readonly int from;

    private DayPlanner(IntersectionModel model, ImmutableArray<double> headways, ImmutableArray<CountedInterval> part, bool turnsMayYield)
    {
        (this.model, this.headways, from, this.turnsMayYield) = (model, headways, part[0].From, turnsMayYield);
        var longest = part.Max(i => i.Seconds);
        quarters = [.. part.Where(i => 2 * i.Seconds >= longest).Select(i => Flows(m => i.Flow(m)))];
        mean = Flows(m => part.Sum(i => i.Vehicles[m]) * 3600 / part.Sum(i => i.Seconds));
    }

    /// <param name="counts">With at least one interval; a quarter of which less than half as much was counted as of another is not designed for.</param>
    /// <param name="turnsMayYield">See <see cref="PhaseSequences.Of"/>.</param>
    public static ImmutableArray<PlannedSegment> Compute(IntersectionModel model, IntersectionCounts counts, bool turnsMayYield = false) =>
        [.. DaySegmentation.Split(counts.Intervals).Select(part => new DayPlanner(model, counts.HeadwaySeconds, part, turnsMayYield).Compute())];

    private PlannedSegment Compute()
    {
        var (plan, delay) = PhaseSequences.Of(model, turnsMayYield).SelectMany(Plans).MinBy(p => p.Delay);
        var segment = new DaySegment(from, plan.Plan, TucGain.Of(model, plan.Problem), ActuatedSettings.Of(plan));
        return new(segment, plan, mean, delay);
    }

    private IEnumerable<(WebsterPlan Plan, double Delay)> Plans(ImmutableArray<PhaseId> order)
    {
        ImmutableArray<SplitProblem> each = [.. quarters.Select(flows => SplitProblemBuilder.Build(model, flows, headways, order))];
        foreach (var weight in PeakWeights)
        {
            var design = Flows(m => (1 - weight) * mean[m] + weight * quarters.Max(q => q[m]));
            var plan = WebsterPlan.Compute(model.Signals, SplitProblemBuilder.Build(model, design, headways, order));
            yield return (plan, each.Average(quarter => SignalDelay.PerHour(quarter, plan.Cycle, plan.Greens.AsSpan())));
        }
    }

    private ImmutableArray<double> Flows(Func<int, double> flow) => [.. model.Movements.Select(m => Math.Max(LeastFlow, flow(m.Index)))];
}

/// <summary>A part of the day with what it was computed from.</summary>
/// <param name="Flows">Per movement the mean, vehicles per hour.</param>
/// <param name="Delay">Expected by the formula, vehicle-seconds per hour.</param>
public sealed record PlannedSegment(DaySegment Segment, WebsterPlan Plan, ImmutableArray<double> Flows, double Delay);
