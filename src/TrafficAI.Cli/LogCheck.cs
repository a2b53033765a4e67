using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>Checks a log: every stream without gaps, every event of a known type and readable.</summary>
public static class LogCheck
{
    /// <returns>Exit status: 0 sound, 1 something is wrong.</returns>
    public static async Task<int> RunAsync(string uri, TextWriter to, CancellationToken stop)
    {
        await using var log = EventLogUri.Open(uri, EventLogMode.OpenExisting);
        long events = 0, bytes = 0, faults = 0;
        var next = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var e in log.ReadAllAsync(0, stop))
        {
            events++;
            bytes += e.Payload.Length;
            var expected = next.GetValueOrDefault(e.Stream);
            if (e.Revision != expected) Object($"{e.Stream}: revision {e.Revision} follows {expected - 1}");
            next[e.Stream] = e.Revision + 1;
            if (Unreadable(e) is { } why) Object($"{e.Stream}, revision {e.Revision}: {why}");
        }

        var header = (await SiteRecord.ReadAsync(log, stop)).Header;
        await to.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{uri}: {header.Scenario}, {header.Strategy}, seed {header.Seed}; {next.Count} streams, {events} events, {bytes} bytes of payload"));
        await to.WriteLineAsync(faults == 0 ? "  sound" : string.Create(CultureInfo.InvariantCulture, $"  NOT sound: {faults} objections"));
        return faults == 0 ? CommandLine.Done : CommandLine.CheckFailed;

        void Object(string what)
        {
            faults++;
            if (faults <= 10) to.WriteLine("  " + what);
        }
    }

    private static string? Unreadable(RecordedEvent e)
    {
        try
        {
            if (e.Type is FrameCodec.EventType or InputCodec.MissedType) InputCodec.Decode(new IntersectionId(e.Stream), e.Type, e.Payload);
            else if (e.Type == RunHeader.EventType) RunHeader.Decode(e.Payload);
            else if (IntersectionEvent.Types.Contains(e.Type)) System.Text.Json.JsonDocument.Parse(e.Payload).Dispose();
            else if (e.Type != SiteRecord.NetworkEventType) return $"type '{e.Type}' is unknown to this build";
            return null;
        }
        catch (Exception x) when (x is RecordException or System.Text.Json.JsonException)
        {
            return x.Message;
        }
    }
}
