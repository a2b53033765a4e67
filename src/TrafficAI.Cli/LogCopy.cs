using System.Globalization;
using System.Security.Cryptography;
using TrafficAI.EventLog;

namespace TrafficAI.Cli;

/// <summary>Copies events into a new log, in their order, and proves that the copy says the same. A copy that fails leaves nothing, so that
/// nobody takes its beginning for the whole.</summary>
public static class LogCopy
{
    /// <param name="from">The events, by rising position.</param>
    /// <param name="uri">The new log.</param>
    /// <returns>How many events, and the hash (<see cref="LogHash"/>) that both logs have.</returns>
    /// <exception cref="InputException">The events have a gap, or the copy differs.</exception>
    /// <exception cref="EventLogException">There is no place for the copy.</exception>
    public static async Task<(long Events, string Sha256)> RunAsync(IAsyncEnumerable<RecordedEvent> from, string uri, CancellationToken stop)
    {
        var target = await Adapters.OpenLogAsync(uri, EventLogMode.Create, stop);
        try
        {
            await using (target) return await RunAsync(from, target, uri, stop);
        }
        catch
        {
            await Adapters.DeleteLogAsync(uri);
            throw;
        }
    }

    private static async Task<(long Events, string Sha256)> RunAsync(IAsyncEnumerable<RecordedEvent> from, IEventLog target, string uri, CancellationToken stop)
    {
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long events = 0;
        await foreach (var e in from.WithCancellation(stop))
        {
            if (e.Revision != ends.GetValueOrDefault(e.Stream, -1) + 1) throw DoesNotFollow(e);
            ends[e.Stream] = e.Revision;
            await AppendAsync(target, e, stop);
            LogHash.Add(hash, e);
            events++;
        }

        await target.FlushAsync(stop);
        var expected = Convert.ToHexStringLower(hash.GetHashAndReset());
        var copied = await LogHash.ComputeAsync(target, stop);
        return copied == expected
            ? (events, copied)
            : throw new InputException($"{Adapters.Shown(uri)}: the copy does not say what the original says (sha256 {copied[..16]}, not {expected[..16]}), and was deleted. Check the disk.");
    }

    private static async Task AppendAsync(IEventLog target, RecordedEvent e, CancellationToken stop)
    {
        try
        {
            await target.AppendAsync(e.Stream, e.Revision - 1, new EventData(e.Id, e.Type, e.Payload), stop);
        }
        catch (Exception x) when (x is WrongExpectedRevisionException or ArgumentException)
        {
            throw DoesNotFollow(e);
        }
    }

    private static InputException DoesNotFollow(RecordedEvent e) => new(string.Create(
        CultureInfo.InvariantCulture, $"stream '{e.Stream}', revision {e.Revision}: it does not follow the event before it. Run 'trafficai check' on the original."));
}
