using System.Text.Json;
using System.Text.RegularExpressions;
using TrafficAI.EventLog;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Looking into a log, and taking it elsewhere.</summary>
public sealed class LogCommandTests : IAsyncLifetime
{
    private readonly Checkout files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Log => files.File("run.db");

    public async ValueTask InitializeAsync()
    {
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--end", "130", "--log", Log);
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    public ValueTask DisposeAsync()
    {
        files.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Show_lists_the_streams_and_reads_them()
    {
        using var streams = await Command.RunAsync("log", "show", Log);
        Assert.Matches("inputs-centre +134 events, the last a stream-digested.v1", streams.Output);
        Assert.Matches("site +5 events, the last a stream-digested.v1", streams.Output);

        using var frames = await Command.RunAsync("log", "show", Log, "inputs-centre", "--from", "58", "--to", "61");
        var lines = frames.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("    58  frame.v1               {\"second\":58,\"mode\":\"plan\",\"phase\":\"F", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("    60  stream-digested.v1     {\"from\":0,\"sha256\":\"", lines[2], StringComparison.Ordinal);

        using var decisions = await Command.RunAsync("log", "show", $"sqlite:{Log}", "intersection-centre");
        Assert.Contains("phase-decided.v1", decisions.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_and_read_by_other_programs()
    {
        var (file, back) = (files.File("run.jsonl"), files.File("back.db"));
        using var export = await Command.RunAsync("log", "export", Log, file);
        Assert.True(export.ExitCode == 0, export.Errors);
        var lines = await File.ReadAllLinesAsync(file, Cancel);
        var frame = lines.Select(l => JsonDocument.Parse(l).RootElement).First(e => e.GetProperty("type").GetString() == "frame.v1");
        Assert.Equal(0, frame.GetProperty("says").GetProperty("second").GetInt64());
        Assert.NotEmpty(frame.GetProperty("payload").GetBytesFromBase64());

        using var import = await Command.RunAsync("log", "import", file, back);
        Assert.True(import.ExitCode == 0, import.Errors);
        Assert.Equal(await HashAsync(Log), await HashAsync(back));

        using var toOutput = await Command.RunAsync("log", "export", Log, "-");
        Assert.Equal(lines, toOutput.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_copy_says_the_same_passes_the_check_and_replays()
    {
        var copied = files.File("copy.db");
        using var copy = await Command.RunAsync("log", "copy", Log, $"sqlite:{copied}");
        Assert.True(copy.ExitCode == 0, copy.Errors);
        Assert.Contains($"sha256 {await HashAsync(Log)}", copy.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", copied);
        Assert.True(check.ExitCode == 0, check.Output);
        using var replay = await Command.RunAsync("replay", copied, "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut out", "it does not follow the event before it")]
    [InlineData("doubled", "it does not follow the event before it")]
    [InlineData("no stream", "line 51: this is no exported event")]
    [InlineData("no type", "line 51: this is no exported event")]
    [InlineData("no JSON", "line 51: this is no exported event")]
    public async Task An_import_that_fails_is_one_line_and_leaves_nothing(string damage, string told)
    {
        var (file, back) = (files.File("run.jsonl"), files.File("back.db"));
        using var export = await Command.RunAsync("log", "export", Log, file);
        var lines = (await File.ReadAllLinesAsync(file, Cancel)).ToList();
        if (damage == "cut out") lines.RemoveAt(50);
        else if (damage == "doubled") lines.Insert(50, lines[50]);
        else lines[50] = Damaged(lines[50], damage);
        await File.WriteAllLinesAsync(file, lines, Cancel);

        using var import = await Command.RunAsync("log", "import", file, back);
        Assert.Equal(2, import.ExitCode);
        Assert.Contains(told, Assert.Single(import.Complaints), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(back)!, "back.db*"));
    }

    private static string Damaged(string line, string damage) => damage switch
    {
        "no stream" => Regex.Replace(line, "\"stream\":\"[^\"]*\"", "\"stream\":null"),
        "no type" => Regex.Replace(line, "\"type\":\"[^\"]*\"", "\"type\":\"\""),
        _ => line[..^1],
    };

    [Theory]
    [InlineData("show", "{log}", "inputs-nowhere")]
    [InlineData("show", "{log}", "site", "--from", "soon")]
    [InlineData("show", "/no/such/log.db")]
    [InlineData("export", "{log}", "/no/such/folder/run.jsonl")]
    [InlineData("import", "{log}", "{new}")]
    [InlineData("import", "/no/such/file.jsonl", "{new}")]
    [InlineData("copy", "{log}", "{log}")]
    [InlineData("copy", "{log}", "esdb://localhost")]
    [InlineData("levitate")]
    public async Task Bad_input_is_one_line_and_status_2(params string[] arguments)
    {
        using var run = await Command.RunAsync(["log", .. arguments.Select(a => a.Replace("{log}", Log, StringComparison.Ordinal).Replace("{new}", files.File("new.db"), StringComparison.Ordinal))]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("trafficai: ", Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
        return await LogHash.ComputeAsync(log, Cancel);
    }
}
