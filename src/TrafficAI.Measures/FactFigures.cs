namespace TrafficAI.Measures;

/// <summary>Figures of what happens seldom.</summary>
internal static class FactFigures
{
    /// <summary>Of some intersections together.</summary>
    public static IEnumerable<MeasureValue> Of(IReadOnlyList<IntersectionMeter> meters, Totals t, long from, long to)
    {
        var outages = meters.Select(m => m.Link.Between(from, to)).ToList();
        yield return Figures.Always(t, MeasureIds.Outages, outages.Sum(o => o.Times));
        yield return Figures.Always(t, MeasureIds.OutageTime, outages.Sum(o => o.Seconds) / 60.0);
        yield return Figures.Always(t, MeasureIds.OutageLongest, outages.Max(o => o.Longest) / 60.0);
        yield return Figures.Always(t, MeasureIds.DetectorFaults, meters.Sum(m => Seconds(m.Facts.Detectors, from, to)) / 60.0);
        yield return Figures.Always(t, MeasureIds.BlockedLanes, meters.Sum(m => Seconds(m.Facts.Incidents, from, to)) / 60.0);
        yield return Figures.Always(t, MeasureIds.Held, meters.Sum(m => Seconds(m.Facts.Held, from, to)) / 60.0);
        yield return Figures.Always(t, MeasureIds.Overrides, meters.Sum(m => m.Facts.Overrides.Between("", from, to).Times));
        yield return Figures.Always(t, MeasureIds.OverrideTime, meters.Sum(m => Seconds(m.Facts.Overrides, from, to)) / 60.0);
        var decides = meters.Any(m => m.Facts.HasDecisions);
        var decisions = meters.Sum(m => m.Facts.Strategies.Sum(strategy => m.Facts.Decided(strategy, from, to)));
        yield return decides ? Figures.Always(t, MeasureIds.Decisions, decisions) : Figures.None(t, MeasureIds.Decisions, Missing.Decisions);
        yield return decides || t[Count.Preemptions] > 0 ? Figures.Always(t, MeasureIds.Preemptions, t[Count.Preemptions]) : Figures.None(t, MeasureIds.Preemptions, Missing.Decisions);
        var (asked, served) = meters.Select(m => m.Facts.Requests(from, to)).Aggregate((a, b) => (a.Asked + b.Asked, a.Served + b.Served));
        yield return Figures.Always(t, MeasureIds.PriorityRequests, asked);
        yield return asked == 0 ? Figures.None(t, MeasureIds.PriorityServed, Missing.Requests) : Figures.Always(t, MeasureIds.PriorityServed, (double)served / asked);
        yield return Figures.None(t, MeasureIds.PriorityTimeSaved, asked == 0 ? Missing.Requests : Missing.Counterfactual);
    }

    /// <summary>Detectors that were doubted, strategies that decided, rungs of the fallback ladder that were stood on.</summary>
    public static IEnumerable<SubjectMeasures> Subjects(IntersectionMeter meter, long from, long to)
    {
        foreach (var detector in meter.Facts.Detectors.Names)
        {
            var (seconds, times, _) = meter.Facts.Detectors.Between(detector, from, to);
            if (seconds > 0 || times > 0) yield return new(SubjectKind.Detector, detector, [new(MeasureIds.DetectorFaults, seconds / 60.0, 1, Missing.Nothing)]);
        }

        foreach (var strategy in meter.Facts.Strategies)
            yield return new(SubjectKind.Strategy, strategy, [new(MeasureIds.Decisions, meter.Facts.Decided(strategy, from, to), 1, Missing.Nothing)]);
        foreach (var level in meter.Facts.Levels.Names)
            yield return new(SubjectKind.Level, level, [new(MeasureIds.LevelTime, meter.Facts.Levels.Between(level, from, to).Seconds / 60.0, 1, Missing.Nothing)]);
    }

    private static long Seconds(Ledger ledger, long from, long to) => ledger.Names.Sum(name => ledger.Between(name, from, to).Seconds);
}
