using System.Globalization;
using System.Text;
using System.Text.Json;
using TrafficAI.EventLog;

namespace TrafficAI.Cli;

/// <summary>A log as lines of JSON, one event each in the order of the log; documented in docs/json.md. <c>payload</c> holds the exact
/// bytes in base 64, <c>says</c> the same for people and other programs.</summary>
public static class LogFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Events written.</returns>
    public static async Task<long> ExportAsync(IEventLog log, Stream to, CancellationToken stop)
    {
        long events = 0;
        await foreach (var e in log.ReadAllAsync(0, stop))
        {
            using (var json = new Utf8JsonWriter(to, Options)) Write(json, e);
            to.WriteByte((byte)'\n');
            events++;
        }

        return events;
    }

    /// <summary>The events of an exported file, without their positions.</summary>
    /// <exception cref="InputException">There is no such file, or a line is no event; it is named.</exception>
    public static async IAsyncEnumerable<RecordedEvent> ReadAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: there is no such file. Give one that 'trafficai log export' wrote.");
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, Encoding.UTF8, stop))
        {
            number++;
            yield return Parse(line) ?? throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"{path}, line {number}: this is no exported event. Export the log anew with 'trafficai log export'."));
        }
    }

    private static void Write(Utf8JsonWriter json, RecordedEvent e)
    {
        json.WriteStartObject();
        json.WriteNumber("position", e.Position);
        json.WriteString("stream", e.Stream);
        json.WriteNumber("revision", e.Revision);
        json.WriteString("type", e.Type);
        json.WriteString("id", e.Id);
        json.WriteBase64String("payload", e.Payload.Span);
        json.WritePropertyName("says");
        EventJsonView.Write(json, e);
        json.WriteEndObject();
    }

    private static RecordedEvent? Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var e = json.RootElement;
            if (e.GetProperty("stream").GetString() is not { Length: > 0 } stream || e.GetProperty("type").GetString() is not { Length: > 0 } type) return null;
            return new(
                stream, e.GetProperty("revision").GetInt64(), RecordedEvent.NoPosition, type,
                e.GetProperty("id").GetGuid(), e.GetProperty("payload").GetBytesFromBase64());
        }
        catch (Exception x) when (x is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
