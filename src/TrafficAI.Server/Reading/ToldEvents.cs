using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Reading;

/// <summary>The events that an intersection told of itself, given to a view as the inputs that led to them come.</summary>
/// <param name="second">About the street second from which on they are wanted; no later.</param>
internal sealed class ToldEvents(IEventLog log, IntersectionId id, long second, CancellationToken stop) : IAsyncDisposable
{
    /// <summary>Seconds of events do not rise strictly: bisection begins so much earlier.</summary>
    private const long OutrunSeconds = 60;

    private IAsyncEnumerator<RecordedEvent>? events;
    private long position;
    private bool more;

    /// <param name="from">Place in the log from which on they are wanted.</param>
    public async Task BeginAsync(long from)
    {
        position = from;
        events = log.ReadAsync(StreamNames.Intersection(id), await StreetPlaces.RevisionAsync(log, id, second - OutrunSeconds, stop), stop).GetAsyncEnumerator(stop);
        more = await events.MoveNextAsync();
    }

    /// <summary>An event names its input, or is of its second: what an input has led to comes behind it.</summary>
    public async Task GiveAsync(IntersectionView view)
    {
        for (; more && SecondOf(events!.Current) <= view.Known; more = await events.MoveNextAsync())
            if (events.Current.Position < 0 || events.Current.Position >= position) view.Take(events.Current);
    }

    public ValueTask DisposeAsync() => events?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static long SecondOf(RecordedEvent e)
    {
        if (e.Type == StreamDigested.EventType) return 0;
        using var json = System.Text.Json.JsonDocument.Parse(e.Payload);
        return json.RootElement.TryGetProperty("second", out var told) ? told.GetInt64() : 0;
    }
}
