using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TrafficAI.Metrics.Tests;

/// <summary>VictoriaMetrics, which takes what InfluxDB 2 takes.</summary>
public sealed class VictoriaProcess : StoreProcess
{
    public override string Address => string.Create(CultureInfo.InvariantCulture, $"influxdb://127.0.0.1:{Port}?v=2&org=city&bucket=signals");

    /// <summary>The newest seconds are in its memory alone.</summary>
    public override bool KeepsWhatItTook => false;

    protected override string Health => "/health";

    protected override ProcessStartInfo Program => new(
        "victoria-metrics",
        [
            $"-storageDataPath={Folder}/data", string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{Port}"), "-retentionPeriod=100y",
            "-search.disableCache", "-search.latencyOffset=0s", "-dedup.minScrapeInterval=1s", "-loggerLevel=ERROR",
        ]);

    public override async Task<IReadOnlyList<Stored>> ReadAsync(string measurement, string field)
    {
        await GetAsync("/internal/force_flush");
        var lines = await GetAsync($"/api/v1/export?match[]={measurement}_{field}&reduce_mem_usage=0");
        var stored = new List<Stored>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var series = JsonDocument.Parse(line).RootElement;
            var tag = series.GetProperty("metric").GetProperty("intersection").GetString()!;
            stored.AddRange(series.GetProperty("timestamps").EnumerateArray().Zip(series.GetProperty("values").EnumerateArray(), (at, value) => new Stored(at.GetInt64() / 1000, tag, value.GetDouble())));
        }

        return [.. stored.OrderBy(s => s.Tag, StringComparer.Ordinal).ThenBy(s => s.UnixSeconds)];
    }
}
