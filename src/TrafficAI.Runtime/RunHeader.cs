using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrafficAI.Optimisation;
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

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Version and commit of this build.</summary>
    public static string ThisBuild { get; } =
        typeof(RunHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public DecisionOptions Options => new(Strategy, LatencySeconds, LeaseSeconds, Epoch);

    public ReadOnlyMemory<byte> Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="RecordException">The bytes are no run header.</exception>
    public static RunHeader Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<RunHeader>(bytes.Span, Json) ?? throw new RecordException("the run header is empty. Check the log with 'trafficai check'.");
        }
        catch (JsonException e)
        {
            throw new RecordException($"the run header cannot be read: {e.Message} Check the log with 'trafficai check'.", e);
        }
    }
}
