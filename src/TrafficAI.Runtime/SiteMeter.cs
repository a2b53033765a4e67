using System.Collections.Immutable;
using TrafficAI.Metrics;
using TrafficAI.Network;

namespace TrafficAI.Runtime;

/// <summary>Hands over the minutes of a site's intersections: measurement <c>intersection</c>, at the moment when the minute begins on the street.</summary>
/// <param name="start">Street second 0.</param>
/// <param name="tags">What all points have besides the intersection.</param>
public sealed class SiteMeter(IMetrics metrics, Instant start, ImmutableArray<(string Name, string Value)> tags)
{
    public const string Measurement = "intersection";

    public void Write(IntersectionId id, in MinuteFigures minute) =>
        metrics.Write(new(Measurement, [.. tags, ("intersection", id.Value)], [.. FieldsOf(minute)], start.Plus(minute.Minute * 60).Milliseconds / 1000));

    private static IEnumerable<MetricField> FieldsOf(MinuteFigures minute)
    {
        yield return MetricField.Count("frames", minute.Frames);
        yield return MetricField.Count("frames_missed", minute.Missed);
        yield return MetricField.Count("frames_told_later", minute.ToldLater);
        yield return MetricField.Count("inputs_refused", minute.Refused);
        yield return MetricField.Count("plans_made", minute.Decisions);
        yield return MetricField.Count("plan_obeyed_s", minute.PlanSeconds);
        yield return MetricField.Count("local_plan_s", minute.LocalSeconds);
        yield return MetricField.Count("fault_s", minute.FaultSeconds);
        yield return MetricField.Count("phase_changes", minute.PhaseChanges);
        yield return MetricField.Count("detectors_doubted", minute.SilentDetectors);
        yield return MetricField.Count("alarms", minute.Alarms);
        yield return MetricField.Flag("held", minute.IsHeld);
        yield return MetricField.Flag("connected", minute.IsConnected);
        if (minute.QueueSeconds == 0) yield break; // nothing was estimated, and that is no empty street
        yield return MetricField.Of("queue_mean_veh", minute.StoppedSeconds / minute.QueueSeconds);
        yield return MetricField.Of("queue_max_veh", minute.LargestQueue);
        yield return MetricField.Of("stopped_delay_veh_s", minute.StoppedSeconds);
    }
}
