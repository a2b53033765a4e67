using System.Globalization;
using System.Text;

namespace TrafficAI.EventLog.Tests;

/// <summary>Events of two streams with digests, as a recorder writes them; and the same after somebody has had his hands on them.</summary>
internal static class DigestedLog
{
    public const int EventsPerDigest = 10;

    /// <summary>The events in the order of the log: the streams take turns.</summary>
    public static async Task<List<RecordedEvent>> EventsAsync(int eventsPerStream, CancellationToken cancel)
    {
        await using var log = new MemoryEventLog();
        string[] names = ["inputs-A", "intersection-A"];
        StreamChain[] chains = [new(), new()];
        for (var i = 0; i < eventsPerStream; i++)
        {
            for (var s = 0; s < names.Length; s++)
            {
                await AppendAsync(log, names[s], chains[s], "text.v1", Encoding.UTF8.GetBytes(Text(s, i)), cancel);
                if (chains[s].Undigested < EventsPerDigest) continue;
                var digest = new StreamDigested(chains[s].From, chains[s].Current());
                await AppendAsync(log, names[s], chains[s], StreamDigested.EventType, digest.Encode(), cancel);
            }
        }
        return await log.ReadAllAsync(0, cancel).ToListAsync(cancel);
    }

    /// <summary>Writes events at the end of their streams, with ids as a recorder gives them.</summary>
    public static async Task WriteAsync(IEventLog log, IEnumerable<RecordedEvent> events, CancellationToken cancel)
    {
        foreach (var e in events)
        {
            var revision = await log.HeadAsync(e.Stream, cancel) + 1;
            await log.AppendAsync(e.Stream, revision - 1, new EventData(StreamIds.Derive(e.Stream, revision), e.Type, e.Payload), cancel);
        }
        await log.FlushAsync(cancel);
    }

    private static async Task AppendAsync(IEventLog log, string stream, StreamChain chain, string type, byte[] payload, CancellationToken cancel)
    {
        var revision = await log.HeadAsync(stream, cancel) + 1;
        await log.AppendAsync(stream, revision - 1, new EventData(StreamIds.Derive(stream, revision), type, payload), cancel);
        chain.Add((await log.ReadLastAsync(stream, cancel))!);
    }

    private static string Text(int stream, int i) => string.Create(CultureInfo.InvariantCulture, $"stream {stream} says {i}").PadRight(20 + i % 90, '.');
}
