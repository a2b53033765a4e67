using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TrafficAI.Metrics;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>Where a run's metrics go; disposing it says what has become of them.</summary>
public sealed class MetricsTarget : IAsyncDisposable
{
    private readonly MetricsAddress address;
    private readonly MetricsWriter writer;
    private readonly string folder;
    private readonly Action<string> tell;

    private MetricsTarget(MetricsAddress address, string folder, Action<string> tell)
    {
        (this.address, this.folder, this.tell) = (address, folder, tell);
        writer = new(Adapters.StoreAt(address), address.ToString(), folder, address.BufferBytes, tell);
    }

    /// <summary>The option for it.</summary>
    public static Option<string?> Option() => new("--metrics")
    {
        Description = "Where to write what each intersection came to in each minute: influxdb://host[:port]/database?v=1 or influxdb://host[:port]?v=2&org=ORG&bucket=BUCKET (docs/adapters.md).",
    };

    /// <summary>Opens it; null where no address is given.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="log">Of the run: what the store has not taken waits beside its file.</param>
    /// <param name="tell">Told in one line what people should know.</param>
    /// <exception cref="MetricsException">The address or the folder cannot be used.</exception>
    public static MetricsTarget? Open(string? uri, string? log, Action<string> tell)
    {
        if (uri is null) return null;
        var address = MetricsAddress.Parse(uri, Environment.GetEnvironmentVariable);
        return new(address, address.Buffer ?? FolderBeside(log), tell);
    }

    /// <summary>Writes the minutes of a site.</summary>
    /// <param name="tags">What tells the run from others.</param>
    public SiteMeter MeterOf(Site site, params ImmutableArray<(string Name, string Value)> tags) => new(writer, site.File.Start, tags);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        var counts = writer.Counts;
        var left = counts.Waiting > 0 ? string.Create(CultureInfo.InvariantCulture, $", {counts.Waiting} wait in {folder} for the next run") : "";
        tell(string.Create(CultureInfo.InvariantCulture, $"metrics: {counts.Sent} points sent to {address}, {counts.Refused} refused, {counts.Dropped} dropped{left}"));
    }

    private static string FolderBeside(string? log)
    {
        var path = log is null ? "" : log.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? log["sqlite:".Length..] : log;
        return path.Length == 0 || path.Contains("://", StringComparison.Ordinal) || path == "memory:" ? "trafficai-metrics" : path + "-metrics";
    }
}
