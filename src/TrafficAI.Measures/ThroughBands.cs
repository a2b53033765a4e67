using System.Collections.Immutable;

namespace TrafficAI.Measures;

/// <summary>Departures from the first stop line of a corridor that meet green at every light when driven at the speed limits.</summary>
public static class ThroughBands
{
    /// <param name="greens">Per stop line, in driving order.</param>
    /// <param name="travelSeconds">Per stop line, from the first one.</param>
    /// <param name="from">The first second that is looked at.</param>
    /// <param name="to">The second after the last: who departs later than can reach the last stop line by then is left out.</param>
    public static ImmutableArray<GreenSpan> Find(ImmutableArray<ImmutableArray<GreenSpan>> greens, ImmutableArray<double> travelSeconds, long from, long to)
    {
        var bands = ImmutableArray.CreateBuilder<GreenSpan>();
        var last = to - (long)Math.Ceiling(travelSeconds[^1]);
        long? since = null;
        for (var second = from; second <= last; second++)
        {
            var open = second < last && Passes(greens, travelSeconds, second);
            if (open) since ??= second;
            else if (since is { } begun)
            {
                bands.Add(new(begun, second));
                since = null;
            }
        }

        return bands.ToImmutable();
    }

    private static bool Passes(ImmutableArray<ImmutableArray<GreenSpan>> greens, ImmutableArray<double> travelSeconds, long departure)
    {
        for (var stop = 0; stop < greens.Length; stop++)
        {
            var arrival = departure + (long)travelSeconds[stop];
            if (!greens[stop].Any(green => green.From <= arrival && arrival < green.To)) return false;
        }

        return true;
    }
}
