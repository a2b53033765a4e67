using System.Text;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>What an event says, as JSON: JSON events as they are, frames decoded, those of an outage by their seconds, anything else as its size.</summary>
public static class EventJsonView
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON.</summary>
    public static string Of(RecordedEvent @event)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options)) Write(json, @event);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Writes one value.</summary>
    public static void Write(Utf8JsonWriter json, RecordedEvent @event)
    {
        if (FrameCodec.IsFrame(@event.Type)) WriteFrame(json, @event);
        else if (@event.Type == BacklogCodec.EventType) WriteBacklog(json, @event);
        else if (OnOneLine(@event.Payload) is { } text) json.WriteRawValue(text, skipInputValidation: true);
        else WriteBinary(json, @event.Payload);
    }

    /// <summary>JSON without the line breaks of a file; null for anything else.</summary>
    private static byte[]? OnOneLine(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes, Options)) document.WriteTo(json);
            return bytes.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static void WriteBinary(Utf8JsonWriter json, ReadOnlyMemory<byte> payload)
    {
        json.WriteStartObject();
        json.WriteNumber("bytes", payload.Length);
        json.WriteEndObject();
    }

    private static void WriteFrame(Utf8JsonWriter json, RecordedEvent @event)
    {
        try
        {
            var frame = FrameCodec.Decode(new IntersectionId(@event.Stream), @event.Payload);
            json.WriteStartObject();
            WriteSignals(json, frame);
            if (frame.Violation is { } violation) json.WriteString("violation", violation.Text);
            WriteReadings(json, frame.Readings);
            json.WriteEndObject();
        }
        catch (RecordException)
        {
            WriteBinary(json, @event.Payload);
        }
    }

    private static void WriteBacklog(Utf8JsonWriter json, RecordedEvent @event)
    {
        try
        {
            var (second, frames) = BacklogCodec.Decode(new IntersectionId(@event.Stream), @event.Payload);
            json.WriteStartObject();
            json.WriteNumber("second", second);
            json.WriteStartArray("frames");
            foreach (var frame in frames) json.WriteNumberValue(frame.Second);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        catch (RecordException)
        {
            WriteBinary(json, @event.Payload);
        }
    }

    private static void WriteSignals(Utf8JsonWriter json, Frame frame)
    {
        json.WriteNumber("second", frame.Second);
        json.WriteString("mode", LampLetters.Of(frame.Mode));
        json.WriteString("phase", frame.Signals.Phase.ToString());
        if (frame.Signals.Next is { } next) json.WriteString("next", next.ToString());
        json.WriteNumber("elapsed", frame.Signals.Elapsed);
        json.WriteString("lamps", LampLetters.Of(frame.Signals.Lamps));
        json.WriteStartArray("lampSeconds");
        foreach (var seconds in frame.Signals.LampSeconds) json.WriteNumberValue(seconds);
        json.WriteEndArray();
        json.WriteNumber("sequence", frame.Signals.LampSequence);
    }

    private static void WriteReadings(Utf8JsonWriter json, DetectorReadings readings)
    {
        json.WriteString("sensing", readings.Sensing == Sensing.Loops ? "loops" : "full");
        json.WriteStartArray("objects");
        foreach (var o in readings.Objects)
        {
            json.WriteStartObject();
            json.WriteNumber("lane", o.Lane);
            json.WriteNumber("distanceM", o.DistanceDecimetres / 10m);
            json.WriteNumber("speedMPerS", o.SpeedDecimetresPerSecond / 10m);
            json.WriteString("class", o.Class.ToString().ToLowerInvariant());
            json.WriteNumber("track", o.Track);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("loops");
        for (var i = 0; i < readings.Loops.Length; i++)
        {
            if (readings.Loops[i] == default) continue;
            json.WriteStartObject();
            json.WriteNumber("loop", i);
            json.WriteNumber("count", readings.Loops[i].Count);
            json.WriteNumber("occupiedPercent", readings.Loops[i].OccupancyPermille / 10m);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
