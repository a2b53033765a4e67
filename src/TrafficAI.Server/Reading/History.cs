using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Reading;

/// <summary>The site at one street second.</summary>
/// <param name="Intersections">In the order of the site; null for one of which nothing was known yet.</param>
public sealed record Moment(long Second, ImmutableArray<IntersectionNow?> Intersections, ImmutableArray<object> Happenings);

/// <summary>Goes through the past of a log again.</summary>
public static class History
{
    /// <summary>The fold begins so long before what is wanted, so that queues and delays are known by then.</summary>
    public const int WarmUpSeconds = DelayWindow.Seconds;

    /// <summary>The site second by second.</summary>
    /// <param name="past">What stood where the fold begins.</param>
    /// <param name="from">First street second wanted.</param>
    /// <param name="view">What folds; as it is when the enumeration rests at a moment.</param>
    public static async IAsyncEnumerable<Moment> ReadAsync(ServedLog served, StandingPast past, SiteView view, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        var position = await StreetPlaces.PositionAsync(served, from - WarmUpSeconds, stop);
        await view.BeginAsync(past, position, from - WarmUpSeconds, stop);
        var happenings = new List<object>();
        await foreach (var e in served.Log.ReadAllAsync(position, stop))
        {
            // All that is of a second has come, once a frame of the next one comes.
            if (view.Second is { } whole && FrameCodec.IsFrame(e.Type) && FrameCodec.SecondOf(e.Payload) - 1 > whole)
            {
                if (whole >= from) yield return Take(view, whole, happenings);
                happenings.Clear();
            }

            if (view.Take(e).Happening is { } happening) happenings.Add(happening);
        }

        if (view.Second is { } last && last >= from) yield return Take(view, last, happenings);
    }

    private static Moment Take(SiteView view, long second, List<object> happenings) => new(second, [.. view.Views.Select(one => one.Now)], [.. happenings]);
}
