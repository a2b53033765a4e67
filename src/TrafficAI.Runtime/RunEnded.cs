using System.Collections.Immutable;
using System.Text.Json;
using TrafficAI.EventLog;

namespace TrafficAI.Runtime;

/// <summary>The last word of the stream <c>site</c>: the run came to its end, and where each stream ended. Without it the run was killed, or
/// the end of the log was cut off.</summary>
/// <param name="Second">The street second after the last.</param>
public sealed record RunEnded(long Second, ImmutableArray<StreamEnd> Streams)
{
    public const string EventType = "run-ended.v1";

    // Well below the limit of an append.
    private const int StreamsPerEvent = 2_000;

    /// <summary>Records the end in as many events as it takes, and a digest after them.</summary>
    /// <param name="ends">Where the streams of the run ended.</param>
    public static async Task WriteAsync(IEventLog log, long second, IEnumerable<StreamEnd> ends, CancellationToken stop)
    {
        var site = new LogStream(log, StreamNames.Site);
        await site.RecoverAsync(stop);
        var pieces = ends.OrderBy(e => e.Stream, StringComparer.Ordinal).Chunk(StreamsPerEvent).DefaultIfEmpty([]);
        foreach (var piece in pieces)
        {
            var ended = new RunEnded(second, [.. piece]);
            await site.AppendAsync([new(EventType, ended.Encode())], stop);
        }

        await site.DigestAsync(stop);
    }

    /// <summary>Where the streams of a log end otherwise than they did when the run ended.</summary>
    /// <param name="found">Where they end now.</param>
    public IEnumerable<Finding> Differences(IReadOnlyDictionary<string, StreamEnd> found)
    {
        foreach (var end in Streams)
        {
            if (found.GetValueOrDefault(end.Stream) is not { } now)
                yield return new(end.Stream, 0, end.Last, "missing: the run recorded this stream, and it was cut out");
            else if (now.Last < end.Last)
                yield return new(end.Stream, now.Last + 1, end.Last, "missing: the end of the stream was cut off");
            else if (now.Last > end.Last)
                yield return new(end.Stream, end.Last + 1, now.Last, "added after the run had ended");
            else if (now.Sha256 != end.Sha256)
                yield return new(end.Stream, now.Last, now.Last, "the events up to here, from the last digest on, are not those with which the run ended");
        }
    }

    public byte[] Encode() => EventJson.Write(json =>
    {
        json.WriteNumber("second", Second);
        json.WriteStartArray("streams");
        foreach (var end in Streams)
        {
            json.WriteStartObject();
            json.WriteString("name", end.Stream);
            json.WriteNumber("last", end.Last);
            json.WriteString("sha256", end.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <exception cref="RecordException">The bytes are no such event.</exception>
    public static RunEnded Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return new(
                json.RootElement.GetProperty("second").GetInt64(),
                [.. json.RootElement.GetProperty("streams").EnumerateArray().Select(e => new StreamEnd(
                    Text(e, "name"), e.GetProperty("last").GetInt64(), Text(e, "sha256")))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new RecordException($"the end of the run cannot be read: {e.Message} Check the log with 'trafficai check'.", e);
        }
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString() ?? throw new FormatException($"'{member}' is null.");
}
