using System.Collections.Immutable;
using TrafficAI.Cli.Coordination;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Plans;

/// <summary>A site with what recorded runs have counted on it.</summary>
/// <param name="Counts">Per intersection.</param>
/// <param name="Logs">Where they come from.</param>
public sealed record CountedSite(Site Site, ControlClass Class, ImmutableArray<IntersectionCounts> Counts, ImmutableArray<string> Logs)
{
    /// <param name="logs">At least one; all of one network.</param>
    /// <param name="wanted">Constraints; null for those of the first log.</param>
    /// <exception cref="InputException">Their networks differ, nothing was recorded, or there are no plans for the class.</exception>
    public static async Task<CountedSite> ReadAsync(ImmutableArray<string> logs, ControlClass? wanted, CancellationToken stop)
    {
        CountedSite? counted = null;
        foreach (var uri in logs)
        {
            await using var log = await Adapters.OpenLogAsync(uri, EventLogMode.OpenExisting, stop);
            var record = await SiteRecord.ReadAsync(log, stop);
            var site = SiteOf(record, wanted ?? counted?.Class ?? record.Header.Class);
            if (counted is not null && !IsSame(site.Network, counted.Site.Network)) throw new InputException($"{Adapters.Shown(uri)}: it was recorded on another network than {Adapters.Shown(logs[0])}. Give logs of one scenario.");
            var counts = await CountAsync(log, site, uri, stop);
            counted = new(
                site, site.Signals[0].Class, counted is null ? counts : [.. counts.Select((c, i) => IntersectionCounts.Of([counted.Counts[i], c]))], logs);
        }

        return counted!;
    }

    /// <summary>Per intersection the plans of the day.</summary>
    /// <param name="turnsMayYield">Phases that only protect turns may be left out.</param>
    public ImmutableArray<ImmutableArray<PlannedSegment>> Compute(bool turnsMayYield) =>
        [.. Site.Models.Select((model, i) => DayPlanner.Compute(model, Counts[i], turnsMayYield))];

    /// <summary>The plans as a file.</summary>
    public byte[] File(ImmutableArray<ImmutableArray<PlannedSegment>> plans) => PlansFileWriter.Write(
        ScenarioOptions.NameOf(Class), $"counted in {string.Join(", ", Logs)}", Site.Models.Select((model, i) => (model, plans[i])),
        (model, lane) => Site.Network.Lanes[model.Intersection.StopLanes[lane].Lane].Id.Value);

    /// <summary>The fixed plans as an additional file of SUMO.</summary>
    /// <param name="at">Second of the day; null for the first part of the day of each intersection.</param>
    public string Programs(ImmutableArray<ImmutableArray<PlannedSegment>> plans, long? at) => ProgramFile.Of(PlanProgram.Id, Site.Signals.Select((signals, i) =>
    {
        var day = new DayPlans([.. plans[i].Select(p => p.Segment)]);
        var plan = day.At(at ?? day.Segments[0].From).Webster;
        return (signals.Id, signals.Phases.Length == 1 ? Site.Network.Intersections[i].Program : PlanProgram.Of(signals, plan), plan.OffsetSeconds);
    }));

    private static Site SiteOf(SiteRecord record, ControlClass controlClass)
    {
        if (controlClass == ControlClass.R) throw new InputException("class R: its phases change only every 10 s, which no cycle fits. Give --class site, R+ or S.");
        return (record with { Header = record.Header with { Class = controlClass }, Plans = null }).Build();
    }

    private static bool IsSame(RoadNetwork a, RoadNetwork b) =>
        a.Intersections.Select(i => i.Id).SequenceEqual(b.Intersections.Select(i => i.Id))
        && a.Intersections.Zip(b.Intersections).All(pair => pair.First.StopLanes.Select(s => a.Lanes[s.Lane].Id).SequenceEqual(pair.Second.StopLanes.Select(s => b.Lanes[s.Lane].Id)));

    private static async Task<ImmutableArray<IntersectionCounts>> CountAsync(IEventLog log, Site site, string uri, CancellationToken stop)
    {
        var counts = new IntersectionCounts[site.Models.Length];
        for (var i = 0; i < counts.Length; i++) counts[i] = await CountAsync(log, site.Models[i], stop);
        return counts.Length == 0 || counts.Any(c => c.Intervals.IsEmpty) ? throw new InputException($"{Adapters.Shown(uri)}: an intersection recorded no frame. Give the log of a run.") : [.. counts];
    }

    private static async Task<IntersectionCounts> CountAsync(IEventLog log, IntersectionModel model, CancellationToken stop)
    {
        var counter = new DemandCounter(model);
        var inputs = new LogStream(log, StreamNames.Inputs(model.Signals.Id));
        await foreach (var (input, _) in RecordedInputs.ReadAsync(inputs, model.Signals.Id, -1, stop))
            if (input is IntersectionInput.FrameCame came) counter.Add(came.Frame);
        return counter.Counts();
    }
}
