using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Metering;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>How a run was started: first event of the stream <c>site</c>. With the network file and <c>signals.json</c>, which follow
/// it, a log needs nothing beside it.</summary>
/// <param name="Build">Version and commit of the build that decided.</param>
/// <param name="Scenario">Name of the scenario, for people.</param>
/// <param name="Faults">What was made to go wrong on the street, as the command line writes it; empty for nothing.</param>
/// <param name="Begin">First street second.</param>
/// <param name="End">The street second after the last.</param>
public sealed record RunHeader(
    string Build,
    string Scenario,
    string Engine,
    string Strategy,
    ControlClass Class,
    Sensing Sensing,
    int LatencySeconds,
    int LeaseSeconds,
    long Epoch,
    long Seed,
    double Scale,
    string Faults,
    long Begin,
    long End,
    string NetworkFile)
{
    public const string EventType = "run-started.v1";

    /// <summary>As <see cref="DecisionOptions.BusWeight"/>; null for 1, as in logs from before there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BusWeight { get; init; }

    /// <summary>As <see cref="DecisionOptions.Without"/>, by <see cref="AdaptivePartsText"/>; null for none, as in logs from before there was a choice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Without { get; init; }

    /// <summary>As <see cref="DecisionOptions.LearnedEverySeconds"/>; null for never, as in logs from before it was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LearnedEverySeconds { get; init; }

    /// <summary>As <see cref="DecisionOptions.Metering"/>, as <see cref="MeteringOptions.ToString"/> writes it; null for none, as in logs from before there was any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Metering { get; init; }

    private const int LongestLatencySeconds = 60;
    private const int LongestLeaseSeconds = 3600;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Version and commit of this build.</summary>
    public static string ThisBuild { get; } =
        typeof(RunHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public DecisionOptions Options => new(
        Strategy, LatencySeconds, LeaseSeconds, Epoch, BusWeight ?? 1, AdaptivePartsText.TryRead(Without ?? "", out var parts) ? parts : default, LearnedEverySeconds ?? 0,
        MeteringOptions.TryRead(Metering ?? "", out var metering) ? metering : null);

    /// <summary>The same header with those options that are written only where they are not what they were before there was a choice.</summary>
    public RunHeader Recording(DecisionOptions options) => this with
    {
        BusWeight = options.BusWeight == 1 ? null : options.BusWeight,
        Without = options.Without == AdaptiveParts.None ? null : AdaptivePartsText.Write(options.Without),
        LearnedEverySeconds = options.LearnedEverySeconds == 0 ? null : options.LearnedEverySeconds,
        Metering = options.Metering?.ToString(),
    };

    private string? Complaint()
    {
        if (!Strategies.Names.Contains(Strategy)) return $"it names the strategy '{Strategy}', which this build does not know. Use a newer build.";
        if (BusWeight is < 1 or > 100) return "its bus weight is not 1 to 100. Check the log with 'trafficai check'.";
        if (Without is not null && !AdaptivePartsText.TryRead(Without, out _)) return $"it leaves out '{Without}', which this build does not know. Use a newer build.";
        if (LearnedEverySeconds is <= 0) return "what was learned cannot be recorded every 0 s or less. Check the log with 'trafficai check'.";
        if (Metering is not null && !MeteringOptions.TryRead(Metering, out _)) return $"it is metered by '{Metering}', and not by {MeteringOptions.Form}. Check the log with 'trafficai check'.";
        return LatencySeconds is >= 0 and <= LongestLatencySeconds && LeaseSeconds > LatencySeconds && LeaseSeconds <= LongestLeaseSeconds
            ? null
            : $"a latency of {LatencySeconds} s and a lease of {LeaseSeconds} s cannot be. Check the log with 'trafficai check'.";
    }

    public ReadOnlyMemory<byte> Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="RecordException">The bytes are no run header.</exception>
    public static RunHeader Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var header = JsonSerializer.Deserialize<RunHeader>(bytes.Span, Json) ?? throw new RecordException("the run header is empty. Check the log with 'trafficai check'.");
            return header.Complaint() is { } complaint ? throw new RecordException($"the run header cannot be used: {complaint}") : header;
        }
        catch (JsonException e)
        {
            throw new RecordException($"the run header cannot be read: {e.Message} Check the log with 'trafficai check'.", e);
        }
    }
}
