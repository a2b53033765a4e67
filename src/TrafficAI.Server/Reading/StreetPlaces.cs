using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Server.Reading;

/// <summary>Finds street seconds in a log by bisection: events carry no index of time, but their seconds rise.</summary>
public static class StreetPlaces
{
    private const int MostSkipped = 2_000;

    /// <summary>Seconds by which what stands side by side in a log may differ: links are not all equally fast.</summary>
    public const int Slack = 5;

    /// <summary>A position such that every frame of <paramref name="second"/> and later stands at it or behind; 0 for the whole log.</summary>
    public static async Task<long> PositionAsync(ServedLog served, long second, CancellationToken stop)
    {
        var (low, high) = (0L, await EndAsync(served, stop));
        while (high - low > MostSkipped)
        {
            var middle = low + (high - low) / 2;
            if (await FrameAfterAsync(served.Log.ReadAllAsync(middle, stop)) is { } found && found < second) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>The first revision of a stream <c>intersection-{id}</c> whose event is of <paramref name="second"/> or later; one past its end where there is none.</summary>
    public static async Task<long> RevisionAsync(IEventLog log, IntersectionId id, long second, CancellationToken stop)
    {
        var stream = StreamNames.Intersection(id);
        var (low, high) = (0L, await log.HeadAsync(stream, stop) + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (await DecidedAfterAsync(log, stream, middle, stop) is { } found && found < second) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>A revision of a stream <c>inputs-{id}</c> such that every frame of <paramref name="second"/> and later stands at it or behind.</summary>
    public static async Task<long> InputAsync(IEventLog log, IntersectionId id, long second, CancellationToken stop)
    {
        var stream = StreamNames.Inputs(id);
        var (low, high) = (0L, await log.HeadAsync(stream, stop) + 1);
        while (high - low > Slack)
        {
            var middle = low + (high - low) / 2;
            if (await FrameAfterAsync(log.ReadAsync(stream, middle, stop)) is { } found && found < second) low = middle;
            else high = middle;
        }

        return low;
    }

    private static async Task<long> EndAsync(ServedLog served, CancellationToken stop)
    {
        var end = 0L;
        foreach (var model in served.Site.Models)
            if (await served.Log.ReadLastAsync(StreamNames.Inputs(model.Signals.Id), stop) is { Position: > 0 } last) end = Math.Max(end, last.Position);
        return end;
    }

    private static async Task<long?> FrameAfterAsync(IAsyncEnumerable<RecordedEvent> events)
    {
        await foreach (var e in events.Take(MostSkipped))
        {
            if (FrameCodec.IsFrame(e.Type)) return FrameCodec.SecondOf(e.Payload);
        }

        return null;
    }

    private static async Task<long?> DecidedAfterAsync(IEventLog log, string stream, long revision, CancellationToken stop)
    {
        await foreach (var e in log.ReadAsync(stream, revision, stop))
        {
            if (e.Type == IntersectionEvent.PhaseDecided) return ((PhaseDecided)EventTypes.Decode(e)).Second;
        }

        return null;
    }
}
