using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>What was computed for a part of the day.</summary>
/// <param name="From">Second of the day at which it comes into force, 0 to 86 399.</param>
/// <param name="Webster">The plan of fixed times.</param>
/// <param name="Tuc">How <see cref="TucStrategy"/> moves its splits by the queues.</param>
/// <param name="Actuated">The phases of vehicle actuation with their settings, in their order; at least one, each once.</param>
public sealed record DaySegment(int From, FixedPlan Webster, TucGain Tuc, ImmutableArray<ActuatedPhase> Actuated);

/// <summary>The computed plans of one intersection: by the time of day, from counts. Street second 0 is midnight.</summary>
/// <param name="Segments">By rising time; at least one. Before the first the last one holds.</param>
public sealed record DayPlans(ImmutableArray<DaySegment> Segments)
{
    private const int DaySeconds = 86_400;

    /// <summary>What is in force at a street second.</summary>
    public DaySegment At(long second)
    {
        var ofDay = (second % DaySeconds + DaySeconds) % DaySeconds;
        var found = Segments[^1];
        foreach (var segment in Segments)
        {
            if (segment.From > ofDay) break;
            found = segment;
        }

        return found;
    }
}
