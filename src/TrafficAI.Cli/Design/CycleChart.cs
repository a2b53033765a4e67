using System.Collections.Immutable;
using TrafficAI.Cli.Report;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Design;

/// <summary>The bar chart of a cycle: a row for each group, a stretch for each lamp.</summary>
public static class CycleChart
{
    private const int Left = 70;
    private const int RowHeight = 19;
    private const int Width = 1000;
    private const int Step = 10;

    public static Markup Of(ImmutableArray<SheetGroup> groups, ImmutableArray<ImmutableArray<Lamp>> lamps)
    {
        var (cycle, height) = (lamps.Length, groups.Length * RowHeight);
        return Markup.Of($"""
            <svg class="cycle" viewBox="0 0 {Width} {height + 24}" role="img">
            {groups.Select((group, row) => Row(group, row, lamps))}{Enumerable.Range(0, cycle / Step + 1).Select(i => Tick(i * Step, cycle, height))}</svg>
            """);
    }

    private static Markup Row(SheetGroup group, int row, ImmutableArray<ImmutableArray<Lamp>> lamps)
    {
        var bars = new List<Markup>();
        for (var begin = 0; begin < lamps.Length;)
        {
            var lamp = LampOf(group, lamps[begin]);
            var end = begin + 1;
            while (end < lamps.Length && LampOf(group, lamps[end]) == lamp) end++;
            bars.Add(Bar(lamp, begin, end, lamps.Length, row));
            begin = end;
        }

        return Markup.Of($"<text x='{Left - 8}' y='{row * RowHeight + 14}' text-anchor='end' class='strong'>{group.Name}</text>{bars}\n");
    }

    /// <summary>A section has no red and no amber: it is dark.</summary>
    private static Lamp LampOf(SheetGroup group, ImmutableArray<Lamp> shown) =>
        group.IsSection && shown[group.Group.Index] is not (Lamp.Green or Lamp.FlashingGreen) ? Lamp.Dark : shown[group.Group.Index];

    private static Markup Bar(Lamp lamp, int begin, int end, int cycle, int row)
    {
        var (x, wide) = (At(begin, cycle), At(end, cycle) - At(begin, cycle));
        var bar = Markup.Of($"<rect x='{x:0.0}' y='{row * RowHeight + 3}' width='{wide:0.0}' height='{RowHeight - 6}' class='{Class(lamp)}'/>");
        return lamp == Lamp.Green && end - begin >= 6
            ? Markup.Of($"{bar}<text x='{x + wide / 2:0.0}' y='{row * RowHeight + 14}' text-anchor='middle' class='inside'>{end - begin}</text>")
            : bar;
    }

    private static Markup Tick(int second, int cycle, int height) =>
        Markup.Of($"<line x1='{At(second, cycle):0.0}' x2='{At(second, cycle):0.0}' y1='0' y2='{height}' class='grid'/><text x='{At(second, cycle):0.0}' y='{height + 16}' text-anchor='middle'>{second}</text>");

    /// <summary>The class of style of a lamp.</summary>
    public static string Class(Lamp lamp) => lamp switch
    {
        Lamp.Green => "lamp-green",
        Lamp.FlashingGreen => "lamp-flashing",
        Lamp.Amber or Lamp.FlashingAmber => "lamp-amber",
        Lamp.RedAmber => "lamp-redamber",
        Lamp.Dark => "lamp-dark",
        _ => "lamp-red",
    };

    private static double At(int second, int cycle) => Left + (Width - Left - 12.0) * second / cycle;
}
