using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>A cycle of a lane, from red to red, in street seconds.</summary>
/// <param name="Red">The first second of red.</param>
/// <param name="Green">The first of green.</param>
/// <param name="Yellow">The first of yellow; where there was none, the first of the next red.</param>
/// <param name="End">The first of the next red.</param>
public readonly record struct LaneCycle(long Red, long Green, long Yellow, long End);

/// <summary>A point of Purdue's coordination diagram.</summary>
/// <param name="Milliseconds">When the vehicle came to the stop line.</param>
/// <param name="CycleMilliseconds">The same since the red began.</param>
public readonly record struct DiagramPoint(long Milliseconds, long CycleMilliseconds, Light Light);

/// <summary>Purdue's coordination diagram of a lane.</summary>
public sealed record CoordinationDiagram(string Lane, ImmutableArray<LaneCycle> Cycles, ImmutableArray<DiagramPoint> Points);

/// <summary>A stretch of green of a signal group: seconds from <paramref name="From"/> to before <paramref name="To"/>.</summary>
public readonly record struct GreenSpan(long From, long To);

/// <summary>Keeps arrivals and changes of lamps, for diagrams.</summary>
public sealed class SignalDiagram
{
    private readonly IntersectionLayout layout;
    private readonly List<Arrival> arrivals = [];
    private readonly List<(long Second, Light Light)>[] lights;
    private readonly List<(long Second, bool Green)>[] greens;
    private long end = long.MinValue;

    internal SignalDiagram(IntersectionLayout layout)
    {
        this.layout = layout;
        lights = [.. layout.Lanes.Select(_ => new List<(long, Light)>())];
        greens = [.. layout.Groups.Select(_ => new List<(long, bool)>())];
    }

    /// <summary>Arrivals from <paramref name="from"/> to before <paramref name="to"/> at a lane, and its cycles around them.</summary>
    /// <param name="lane">Index of a stop lane.</param>
    public CoordinationDiagram Of(int lane, long from, long to)
    {
        var cycles = Cycles(lane);
        var points = arrivals.Where(a => a.Lane == lane && a.Milliseconds >= from * 1000 && a.Milliseconds < to * 1000).OrderBy(a => a.Milliseconds)
            .Select(a => (a, Cycle: cycles.FindLast(c => c.Red * 1000 <= a.Milliseconds))).Where(p => p.Cycle.Red > long.MinValue && p.Cycle != default)
            .Where(p => p.a.Milliseconds < p.Cycle.End * 1000)
            .Select(p => new DiagramPoint(p.a.Milliseconds, p.a.Milliseconds - p.Cycle.Red * 1000, p.a.Light));
        return new(layout.Lanes[lane].Id, [.. cycles.Where(c => c.End > from && c.Red < to)], [.. points]);
    }

    /// <summary>The greens of any of some groups within [from, to), cut to it.</summary>
    public ImmutableArray<GreenSpan> Greens(ImmutableArray<int> groups, long from, long to)
    {
        var changes = groups.SelectMany(g => greens[g].Select((change, i) => (change.Second, Step: change.Green ? 1 : i > 0 && greens[g][i - 1].Green ? -1 : 0))).OrderBy(c => c.Second).ToList();
        var spans = ImmutableArray.CreateBuilder<GreenSpan>();
        var (open, since) = (0, 0L);
        foreach (var (second, step) in changes)
        {
            if (open == 0 && step > 0) since = second;
            open += step;
            if (open == 0 && step < 0) Add(spans, since, second, from, to);
        }

        if (open > 0) Add(spans, since, end, from, to);
        return spans.ToImmutable();
    }

    internal void Take(long second, ImmutableArray<Lamp> lamps, List<Arrival> arrived)
    {
        end = second + 1;
        arrivals.AddRange(arrived);
        for (var group = 0; group < greens.Length; group++)
        {
            var green = lamps[group].IsGreen();
            if (greens[group].Count == 0 || greens[group][^1].Green != green) greens[group].Add((second, green));
        }

        for (var lane = 0; lane < lights.Length; lane++)
        {
            var light = LampHistory.Of(layout.Lanes[lane].Groups, lamps);
            if (lights[lane].Count == 0 || lights[lane][^1].Light != light) lights[lane].Add((second, light));
        }
    }

    internal void Break()
    {
        foreach (var lane in lights)
            if (lane.Count > 0 && lane[^1].Light != Light.None) lane.Add((end, Light.None));
        foreach (var group in greens)
            if (group.Count > 0 && group[^1].Green) group.Add((end, false));
    }

    internal void Forget(long before)
    {
        arrivals.RemoveAll(a => a.Milliseconds < before * 1000);
        foreach (var lane in lights) lane.RemoveAll(l => l.Second < before);
        foreach (var group in greens) group.RemoveAll(g => g.Second < before);
    }

    private List<LaneCycle> Cycles(int lane)
    {
        var cycles = new List<LaneCycle>();
        var (red, green, yellow) = (long.MinValue, long.MinValue, long.MinValue);
        foreach (var (second, light) in lights[lane])
        {
            if (light == Light.None) (red, green, yellow) = (long.MinValue, long.MinValue, long.MinValue);
            else if (light == Light.Green) (green, yellow) = (green == long.MinValue ? second : green, long.MinValue);
            else if (light == Light.Yellow) yellow = second;
            else
            {
                if (red != long.MinValue && green != long.MinValue) cycles.Add(new(red, green, yellow == long.MinValue ? second : yellow, second));
                if (red == long.MinValue || green != long.MinValue) (red, green, yellow) = (second, long.MinValue, long.MinValue);
            }
        }

        return cycles;
    }

    private static void Add(ImmutableArray<GreenSpan>.Builder spans, long since, long until, long from, long to)
    {
        if (until > from && since < to) spans.Add(new(Math.Max(since, from), Math.Min(until, to)));
    }
}
