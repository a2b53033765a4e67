using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrafficAI.Runtime;

/// <summary>JSON events: the same values give the same bytes. Fields stand in the order of their record; what is null is left out.</summary>
internal static class EventJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions ByName = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static byte[] Encode<T>(T @event) => JsonSerializer.SerializeToUtf8Bytes(@event, ByName);

    /// <exception cref="RecordException">The bytes are no such event.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, ByName) ?? throw new JsonException("It says null.");
        }
        catch (JsonException e)
        {
            throw new RecordException($"a recorded event cannot be read: {e.Message} Check the log with 'trafficai check'.", e);
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        using var stream = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
