using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>A priority request as recorded: JSON, groups counted from 1.</summary>
public static class PriorityCodec
{
    /// <summary>The event type under which a request is recorded.</summary>
    public const string EventType = "priority-asked.v1";

    private static readonly FrozenDictionary<string, ObjectClass> Classes =
        Enum.GetValues<ObjectClass>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> Encode(long second, in PriorityRequest request) => EventJson.Encode(new Recorded(
        second, BootText(request.Boot), request.Number, request.Group + 1, NameOf(request.Class), request.ArrivesAt, request.IsCancelled)
    {
        Persons = request.Persons,
        LateSeconds = request.LateSeconds,
    });

    /// <exception cref="RecordException">The bytes are no request.</exception>
    public static (long Second, PriorityRequest Request) Decode(ReadOnlyMemory<byte> bytes)
    {
        var read = EventJson.Decode<Recorded>(bytes);
        if (!ulong.TryParse(read.Boot, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var boot) || read.Boot != BootText(boot))
            throw new RecordException("a priority request has no boot of sixteen hexadecimal digits. Check the log with 'trafficai check'.");
        if (!Classes.TryGetValue(read.Class, out var by) || read.Group < 1)
            throw new RecordException("a priority request has no class or group that can be. Check the log with 'trafficai check'.");
        return (read.Second, new(boot, read.Request, read.Group - 1, by, read.ArrivesAt, read.Cancelled) { Persons = read.Persons, LateSeconds = read.LateSeconds });
    }

    /// <summary>A boot as it stands in events: sixteen hexadecimal digits.</summary>
    public static string BootText(ulong boot) => boot.ToString("x16", CultureInfo.InvariantCulture);

    private static string NameOf(ObjectClass by) => by switch
    {
        ObjectClass.Car => "car",
        ObjectClass.Truck => "truck",
        ObjectClass.Bus => "bus",
        ObjectClass.TwoWheeler => "two-wheeler",
        ObjectClass.Emergency => "emergency",
        _ => "other",
    };

    private sealed record Recorded(long Second, string Boot, uint Request, int Group, string Class, long ArrivesAt, bool Cancelled)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Persons { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? LateSeconds { get; init; }
    }
}
