using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Lengths of green in a cycle that repeats.</summary>
public static class GreenRuns
{
    /// <summary>Per second of the cycle how many seconds of green begin there without a break; the whole cycle where it is never red.</summary>
    public static int[] From(ImmutableArray<bool> green)
    {
        var runs = new int[green.Length];
        var run = 0;
        for (var second = 2 * green.Length - 1; second >= 0; second--)
        {
            run = green[second % green.Length] ? Math.Min(run + 1, green.Length) : 0;
            runs[second % green.Length] = run;
        }

        return runs;
    }

    /// <summary>Per second of the cycle how many seconds of green end just before it without a break.</summary>
    public static int[] Before(ImmutableArray<bool> green)
    {
        var runs = new int[green.Length];
        var run = 0;
        for (var second = 0; second < 2 * green.Length; second++)
        {
            runs[second % green.Length] = run;
            run = green[second % green.Length] ? Math.Min(run + 1, green.Length) : 0;
        }

        runs[0] = run;
        return runs;
    }

    /// <summary>The greens of a cycle by rising begin, 0 to cycle − 1; an end beyond the cycle goes on in the next one.</summary>
    public static ImmutableArray<(int Begin, int End)> Windows(ImmutableArray<bool> green)
    {
        var runs = From(green);
        if (runs[0] == green.Length) return [(0, green.Length)];
        return [.. Enumerable.Range(0, green.Length).Where(s => green[s] && !green[(s + green.Length - 1) % green.Length]).Select(s => (s, s + runs[s]))];
    }

    /// <summary>The longest green; 0 for none.</summary>
    public static int Longest(ImmutableArray<bool> green) => From(green).Max();
}
