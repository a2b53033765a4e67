using System.Collections.Immutable;

namespace TrafficAI.Measures;

/// <summary>Puts the figures of a site together.</summary>
public static class SiteReport
{
    /// <param name="meters">At least one; all with the same window.</param>
    /// <param name="from">First street second; a bin must begin there, or the window of the meters.</param>
    /// <param name="to">The street second after the last; likewise.</param>
    /// <param name="corridors">From the intersections' figures; see <see cref="CorridorMeasures"/>.</param>
    /// <exception cref="ArgumentException">There is no meter, or the seconds cut a bin.</exception>
    public static SiteMeasures Of(
        IReadOnlyList<IntersectionMeter> meters, long from, long to, Func<ImmutableArray<IntersectionMeasures>, ImmutableArray<CorridorMeasures>>? corridors = null)
    {
        if (meters.Count == 0) throw new ArgumentException("A site has at least one intersection.", nameof(meters));
        var intersections = meters.Select(meter => IntersectionReport.Of(meter, from, to)).ToImmutableArray();
        var totals = new Totals();
        foreach (var meter in meters) IntersectionReport.AddTo(totals, meter, from, to);
        var promises = meters.Any(m => IntersectionReport.MakesPromises(m.Layout));
        var exits = meters.Any(m => IntersectionReport.HasExits(m.Layout));
        var values = IntersectionReport.Common(totals, promises, exits).Concat(FactFigures.Of(meters, totals, from, to));
        return new(from, to, Figures.Ordered(values, meters[0].Layout.IsListed), intersections, corridors?.Invoke(intersections) ?? [], [.. Bins(meters, from, to, promises, exits)]);
    }

    private static IEnumerable<BinMeasures> Bins(IReadOnlyList<IntersectionMeter> meters, long from, long to, bool promises, bool exits)
    {
        var bins = meters.SelectMany(meter => IntersectionReport.TalliesOf(meter, from, to).Select(bin => (bin.From, bin.To, bin.Tally, meter.Layout)));
        foreach (var bin in bins.GroupBy(b => (b.From, b.To)).OrderBy(b => b.Key.From))
        {
            var totals = new Totals();
            foreach (var (begin, end, tally, layout) in bin) totals.AddWhole(layout, tally, end - begin);
            yield return new(bin.Key.From, bin.Key.To, Figures.Ordered(IntersectionReport.Common(totals, promises, exits), meters[0].Layout.IsListed));
        }
    }
}
