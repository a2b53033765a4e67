using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Tells of lanes whose vehicles are overdue inside the junction: they have passed their stop line, something blocks their way, and they have not come out.</summary>
/// <remarks>By the counts of stop lines and exits, which miss one now and then: hence for half a minute at most, and only where all is counted.</remarks>
internal sealed class OverdueWatch
{
    /// <summary>Overdue is who takes so much longer than usual.</summary>
    private const double LateSeconds = 2;

    /// <summary>Whoever has not been seen to come out for so long has come out unseen.</summary>
    private const int LostSeconds = 30;

    /// <summary>Moments are known to the second, at both ends.</summary>
    private const double EarlySeconds = 2;

    private readonly Func<int, bool> isCounted;
    private readonly InsideLedger inside;
    private readonly int[] overdue;

    /// <param name="isCounted">Of a stop lane: whoever passes its line and comes out is counted, as far as is known.</param>
    public OverdueWatch(IntersectionModel model, Func<int, bool> isCounted)
    {
        this.isCounted = isCounted;
        inside = new(model, EarlySeconds);
        overdue = new int[model.Lanes.Length];
    }

    /// <summary>As <see cref="TrafficPicture.OverdueInside"/>. Valid until the next second.</summary>
    public ImmutableArray<int> Overdue => ImmutableCollectionsMarshal.AsImmutableArray(overdue);

    /// <summary>Takes in one second.</summary>
    /// <param name="departures">Per stop lane: vehicles that have passed its line in it.</param>
    public void Observe(long second, ReadOnlySpan<int> departures, ImmutableArray<LoopReading> loops)
    {
        inside.Observe(second, departures, loops);
        for (var lane = 0; lane < overdue.Length; lane++)
        {
            var all = inside.Of(lane);
            while (all.Count > 0 && second - all[0] > LostSeconds) all.RemoveAt(0);
            overdue[lane] = isCounted(lane) ? Late(all, second, inside.Usual(lane)) : 0;
        }
    }

    private static int Late(List<long> all, long second, double usual)
    {
        var late = 0;
        while (late < all.Count && second - all[late] > usual + LateSeconds) late++;
        return late;
    }
}
