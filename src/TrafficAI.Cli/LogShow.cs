using System.Globalization;
using TrafficAI.EventLog;

namespace TrafficAI.Cli;

/// <summary>Prints what a log says, for people.</summary>
public static class LogShow
{
    /// <summary>The streams of a log, each with where it ends and what it ends with.</summary>
    public static async Task StreamsAsync(IEventLog log, TextWriter to, CancellationToken stop)
    {
        await foreach (var stream in log.StreamsAsync(stop))
        {
            if (await log.ReadLastAsync(stream, stop) is { } last)
                await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{stream,-40} {last.Revision + 1,9} events, the last a {last.Type}"));
        }
    }

    /// <summary>The events of a stream, a line each: revision, type, what it says as JSON.</summary>
    /// <param name="from">First revision.</param>
    /// <param name="to">Last revision.</param>
    /// <exception cref="InputException">There is no such stream.</exception>
    public static async Task EventsAsync(IEventLog log, string stream, long from, long to, TextWriter output, CancellationToken stop)
    {
        if (await log.HeadAsync(stream, stop) < 0)
            throw new InputException($"no stream '{stream}'. The log has {await SomeAsync(log, stop)}: see 'trafficai log show LOG'.");
        await foreach (var e in log.ReadAsync(stream, from, stop))
        {
            if (e.Revision > to) break;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{e.Revision,6}  {e.Type,-22} {EventJsonView.Of(e)}"));
        }
    }

    private static async Task<string> SomeAsync(IEventLog log, CancellationToken stop)
    {
        var names = await log.StreamsAsync(stop).Take(4).ToListAsync(stop);
        return names.Count == 0 ? "none" : string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", …" : "");
    }
}
