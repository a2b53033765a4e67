using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>A linear scale from values to places on a drawing.</summary>
/// <param name="Least">Value at <paramref name="From"/>.</param>
/// <param name="Most">Value at <paramref name="To"/>; more than <paramref name="Least"/>.</param>
public readonly record struct Axis(double Least, double Most, double From, double To)
{
    private static readonly long[] TimeSteps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600];

    /// <summary>From 0 to a round value at or over <paramref name="most"/>.</summary>
    /// <param name="ticks">At most about so many.</param>
    public static Axis FromZero(double most, int ticks, double from, double to) => Around(0, most, ticks, from, to);

    /// <summary>Round values that enclose a range.</summary>
    public static Axis Around(double least, double most, int ticks, double from, double to)
    {
        if (most - least < 1e-9) most = least + 1;
        var step = Step(most - least, ticks);
        return new Axis(Math.Floor(least / step) * step, Math.Ceiling(most / step - 1e-9) * step, from, to);
    }

    public double At(double value) => From + (value - Least) / (Most - Least) * (To - From);

    /// <summary>Round values within the range.</summary>
    public ImmutableArray<double> Ticks(int most)
    {
        var step = Step(Most - Least, most);
        var first = (long)Math.Ceiling(Least / step - 1e-9);
        var last = (long)Math.Floor(Most / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }

    /// <summary>Round times of day within the range.</summary>
    public ImmutableArray<long> TimeTicks(int most)
    {
        var range = Most - Least;
        var step = TimeSteps.FirstOrDefault(s => range / s <= most, 86_400);
        var first = (long)Math.Ceiling(Least / step);
        return [.. Enumerable.Range(0, (int)(Most / step) - (int)first + 1).Select(i => (first + i) * step)];
    }

    /// <summary>A tick as text.</summary>
    public static string Label(double tick) => tick.ToString("0.###", CultureInfo.InvariantCulture);

    private static double Step(double range, int ticks)
    {
        var step = 1.0;
        while (range / step > ticks) step *= 10;
        while (range / (step / 10) <= ticks) step /= 10;
        if (range / (step / 5) <= ticks) return step / 5;
        return range / (step / 2) <= ticks ? step / 2 : step;
    }
}
