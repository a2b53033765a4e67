using System.Diagnostics;
using System.Globalization;

namespace TrafficAI.Metrics.Tests;

/// <summary>InfluxDB 1, with a database.</summary>
public sealed class InfluxProcess : StoreProcess
{
    public override string Address => string.Create(CultureInfo.InvariantCulture, $"influxdb://127.0.0.1:{Port}/city?v=1");

    protected override string Health => "/ping";

    protected override ProcessStartInfo Program
    {
        get
        {
            var configuration = Path.Combine(Folder, "influxdb.conf");
            File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
                reporting-disabled = true
                bind-address = "127.0.0.1:{OtherPort}"
                [meta]
                dir = "{Folder}/meta"
                [data]
                dir = "{Folder}/data"
                wal-dir = "{Folder}/wal"
                [http]
                bind-address = "127.0.0.1:{Port}"
                [monitor]
                store-enabled = false
                """));
            return new("influxd", ["-config", configuration]);
        }
    }

    public override async Task StartAsync()
    {
        await base.StartAsync();
        await PostAsync("/query?q=CREATE+DATABASE+city");
    }

    public override async Task<IReadOnlyList<Stored>> ReadAsync(string measurement, string field)
    {
        var query = Uri.EscapeDataString($"SELECT \"{field}\" FROM \"{measurement}\" GROUP BY \"intersection\"");
        var result = (await GetJsonAsync($"/query?db=city&epoch=s&q={query}")).GetProperty("results")[0];
        if (!result.TryGetProperty("series", out var series)) return [];
        return [.. series.EnumerateArray().SelectMany(s => s.GetProperty("values").EnumerateArray().Select(value => new Stored(
            value[0].GetInt64(), s.GetProperty("tags").GetProperty("intersection").GetString()!, Number(value[1])))).OrderBy(s => s.Tag, StringComparer.Ordinal).ThenBy(s => s.UnixSeconds)];
    }

    private static double Number(System.Text.Json.JsonElement value) =>
        value.ValueKind == System.Text.Json.JsonValueKind.Number ? value.GetDouble() : value.GetBoolean() ? 1 : 0;
}
