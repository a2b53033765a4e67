using System.Text.Json;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The commands <c>kpi</c> and <c>study</c>.</summary>
public sealed class KpiTests : IDisposable
{
    private readonly Checkout files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_log_gives_a_table_json_csv_and_a_list_that_is_read_back()
    {
        var log = await RecordAsync("run.db", "adaptive");
        var (json, csv, list) = (files.File("kpi.json"), files.File("kpi.csv"), files.File("list.csv"));
        using var run = await Command.RunAsync("kpi", log, "--bin", "5", "--json", json, "--csv", csv, "--events", list);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Approach delay", run.Output, StringComparison.Ordinal);
        Assert.Contains("not computable: missing push buttons", run.Output, StringComparison.Ordinal);
        var told = JsonDocument.Parse(await File.ReadAllTextAsync(json, Cancel)).RootElement;
        Assert.Equal("trafficai.kpi.v1", told.GetProperty("schema").GetString());
        var volume = told.GetProperty("values").GetProperty("volume").GetProperty("value").GetDouble();
        Assert.True(volume > 100, $"{volume}");
        Assert.Equal(JsonValueKind.Null, told.GetProperty("values").GetProperty("pedestrian_delay").GetProperty("value").ValueKind);
        Assert.Equal("pedestrian-calls", told.GetProperty("values").GetProperty("pedestrian_delay").GetProperty("missing").GetString());
        var bins = told.GetProperty("bins").EnumerateArray().Select(b => b.GetProperty("values").GetProperty("volume").GetProperty("value").GetDouble());
        Assert.Equal(volume, bins.Sum());
        Assert.StartsWith("intersection,kind,name,from,to,measure,value,unit,coverage,missing\n", await File.ReadAllTextAsync(csv, Cancel), StringComparison.Ordinal);

        using var diagrams = await Command.RunAsync("kpi", log, "--diagrams", "-");
        var lines = diagrams.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("intersection,lane,kind,red,green,yellow,end,arrival,cycle_second,light", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("centre,west_stop_1,arrival,,,,,", StringComparison.Ordinal) && line.EndsWith(",red", StringComparison.Ordinal));

        using var again = await Command.RunAsync("kpi", list, "--json", "-");
        Assert.Equal(volume, JsonDocument.Parse(again.Output).RootElement.GetProperty("values").GetProperty("volume").GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("ru", "Задержка на подходе")]
    [InlineData("kk", "Кіреберістегі кідіріс")]
    public async Task Figures_are_told_in_three_languages(string language, string delay)
    {
        using var run = await Command.RunAsync("kpi", await RecordAsync("run.db", "fixed", "120"), "--language", language);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(delay, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_says_what_stands_out_and_what_does_not()
    {
        var (before, after) = (await RecordAsync("before.db", "fixed"), await RecordAsync("after.db", "adaptive"));
        using var same = await Command.RunAsync("study", before, "--against", before, "--bin", "2");
        Assert.Equal(0, same.ExitCode);
        Assert.DoesNotContain(": less", same.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(": more", same.Output, StringComparison.Ordinal);
        using var other = await Command.RunAsync("study", before, "--against", after, "--bin", "2", "--json", "-");
        var study = JsonDocument.Parse(other.Output).RootElement;
        Assert.Equal("trafficai.study.v1", study.GetProperty("schema").GetString());
        Assert.All(study.GetProperty("measures").EnumerateArray(), m => Assert.True(m.TryGetProperty("half_width95", out _)));
    }

    [Fact]
    public async Task Bad_input_is_one_line()
    {
        var log = await RecordAsync("run.db", "fixed", "120");
        var list = files.File("bad.csv");
        await File.WriteAllTextAsync(list, "TimeStamp,DeviceId,EventId,Parameter\n2026-01-01 00:00:00,a,1,2\n2026-01-01 00:00:01,a,one,2\n", Cancel);
        await Command.RefusedAsync("bad.csv, line 3: 'one' is no event code", "kpi", list);
        await Command.RefusedAsync("the log has no 'center'", "kpi", log, "--intersection", "center");
        await Command.RefusedAsync("there is no 'de'", "kpi", log, "--language", "de");
        await Command.RefusedAsync("nothing lies between them", "kpi", log, "--from", "500", "--to", "500");
        await Command.RefusedAsync("1 to 1440 minutes", "study", log, "--against", log, "--bin", "0");
    }

    private async Task<string> RecordAsync(string name, string strategy, string end = "600")
    {
        var log = files.File(name);
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--strategy", strategy, "--class", "R+", "--log", log, "--end", end);
        Assert.Equal(0, run.ExitCode);
        return log;
    }
}
