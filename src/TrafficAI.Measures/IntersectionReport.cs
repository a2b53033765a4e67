using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Puts the figures of an intersection together.</summary>
public static class IntersectionReport
{
    /// <param name="from">First street second; a bin must begin there, or the window of the meter.</param>
    /// <param name="to">The street second after the last; likewise.</param>
    /// <exception cref="ArgumentException">The seconds cut a bin.</exception>
    public static IntersectionMeasures Of(IntersectionMeter meter, long from, long to)
    {
        Check(meter, from);
        Check(meter, to);
        var tally = meter.Bins.Sum(from, to);
        var whole = new Totals();
        whole.AddWhole(meter.Layout, tally, to - from);
        return new(meter.Layout.Id, from, to, Whole(meter, whole, from, to), [.. Subjects(meter, tally, from, to)], [.. Bins(meter, from, to)]);
    }

    /// <summary>Adds an intersection to what a site comes to.</summary>
    internal static void AddTo(Totals site, IntersectionMeter meter, long from, long to) => site.AddWhole(meter.Layout, meter.Bins.Sum(from, to), to - from);

    /// <summary>The figures of bins, by their beginning.</summary>
    internal static IEnumerable<(long From, long To, Tally Tally)> TalliesOf(IntersectionMeter meter, long from, long to) => meter.Bins.Between(from, to);

    internal static IEnumerable<MeasureValue> Common(Totals t, bool promises, bool exits) =>
        Figures.OfApproach(t).Concat(Figures.OfSplits(t)).Concat(Figures.OfWalking(t)).Concat(Figures.OfPromises(t, promises)).Concat(Figures.OfWhole(t, exits));

    internal static bool MakesPromises(IntersectionLayout layout) => layout.Groups.Any(g => g.MakesPromises);

    internal static bool HasExits(IntersectionLayout layout) => layout.Exits.Any(e => e.Detector >= 0);

    private static void Check(IntersectionMeter meter, long second)
    {
        var window = meter.Bins.Window;
        if (window.BinOf(second) == second || second == window.From || second == window.To || second >= meter.End) return;
        throw new ArgumentException($"A bin of {window.BinSeconds} s goes over second {second}. Ask for whole bins, or measure with a window of these seconds.");
    }

    private static ImmutableArray<MeasureValue> Whole(IntersectionMeter meter, Totals whole, long from, long to) =>
        Figures.Ordered(Common(whole, MakesPromises(meter.Layout), HasExits(meter.Layout)).Concat(FactFigures.Of([meter], whole, from, to)), meter.Layout.IsListed);

    private static IEnumerable<SubjectMeasures> Subjects(IntersectionMeter meter, Tally tally, long from, long to)
    {
        var layout = meter.Layout;
        foreach (var approach in layout.Approaches)
            yield return new(SubjectKind.Approach, approach.Id, Figures.Ordered(Figures.OfApproach(Sum(t =>
            {
                t.Add(approach, tally);
                foreach (var lane in approach.Lanes) t.Add(layout.Lanes[lane], tally);
            }))));
        foreach (var lane in layout.Lanes) yield return new(SubjectKind.Lane, lane.Id, Figures.Ordered(Figures.OfLanes(Sum(t => t.Add(lane, tally)))));
        foreach (var group in layout.Groups) yield return new(SubjectKind.Group, group.Name, Of(group, Sum(t => t.Add(group, tally)), layout.IsListed));
        foreach (var movement in layout.Movements) yield return new(SubjectKind.Movement, movement.Id, [Turn(layout, movement, tally, to - from)]);
        foreach (var exit in layout.Exits.Where(e => e.Detector >= 0)) yield return new(SubjectKind.Exit, exit.Id, [Figures.OfExit(Sum(_ => { }), tally.BlockedSeconds(exit.Index))]);
        foreach (var subject in FactFigures.Subjects(meter, from, to)) yield return subject;

        Totals Sum(Action<Totals> add)
        {
            var totals = new Totals();
            totals.AddSeconds(tally, to - from);
            add(totals);
            return totals;
        }
    }

    private static ImmutableArray<MeasureValue> Of(MeasuredGroup group, Totals t, bool isListed) => Figures.Ordered(
        (group.Kind == GroupKind.Pedestrian ? Figures.OfWalking(t) : Figures.OfSplits(t)).Concat(Figures.OfPromises(t, group.MakesPromises)), isListed);

    private static MeasureValue Turn(IntersectionLayout layout, MeasuredMovement movement, Tally tally, long seconds)
    {
        var alone = layout.Lanes[movement.Lane].Movements.Length == 1;
        if (tally[Count.Seconds] == 0) return new(MeasureIds.Turns, null, 0, Missing.Frames);
        var known = tally[Count.TurnsKnown];
        var share = alone || known == 0 ? 1 : (double)known / (known + tally[Count.TurnsUnknown]);
        return HasExits(layout) || alone
            ? new(MeasureIds.Turns, tally.Turned(movement.Index), share * Math.Min(1, (double)tally[Count.Seconds] / Math.Max(1, seconds)), Missing.Nothing)
            : new(MeasureIds.Turns, null, 0, Missing.Detectors);
    }

    private static IEnumerable<BinMeasures> Bins(IntersectionMeter meter, long from, long to)
    {
        foreach (var (begin, end, tally) in meter.Bins.Between(from, to))
        {
            var totals = new Totals();
            totals.AddWhole(meter.Layout, tally, end - begin);
            yield return new(begin, end, Figures.Ordered(Common(totals, MakesPromises(meter.Layout), HasExits(meter.Layout)), meter.Layout.IsListed));
        }
    }
}
