using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAI.Optimisation.Plans;

namespace TrafficAI.Cli.Plans;

/// <summary>Computed plans for people.</summary>
public static class PlanText
{
    public static string Of(CountedSite counted, ImmutableArray<ImmutableArray<PlannedSegment>> plans)
    {
        var text = new StringBuilder();
        for (var i = 0; i < plans.Length; i++)
        {
            foreach (var planned in plans[i])
            {
                var greens = planned.Plan.Problem.Order.Select((phase, step) => string.Create(CultureInfo.InvariantCulture, $"{phase} {planned.Plan.Greens[step]} s"));
                text.Append(CultureInfo.InvariantCulture,
                    $"{counted.Site.Signals[i].Id} from {StreetTime.Format(planned.Segment.From)}: {planned.Flows.Sum():0} veh/h, cycle {planned.Plan.Cycle} s, {string.Join(", ", greens)}; saturation {planned.Plan.Saturation:0.00}, {planned.Delay / planned.Flows.Sum():0.0} s of delay\n");
            }
        }

        return text.ToString();
    }
}
