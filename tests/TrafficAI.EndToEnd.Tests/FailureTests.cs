using System.Diagnostics;
using System.Text;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>What the user sees when something goes wrong: one line, the right exit status, and a log that can be read.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Sumo_killed_in_the_middle_is_one_line_and_the_log_stays_sound()
    {
        var log = files.File("run.db");
        using var run = Command.Start([], "simulate", Checkout.FourArm, "--engine", "sumo", "--class", "R+", "--log", log);
        await run.SaysAsync(" 10 %");
        Process.GetProcessById(run.Child()).Kill();
        await run.EndAsync();
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("SUMO", Assert.Single(run.Complaints), StringComparison.Ordinal);
        await AssertSoundAsync(log);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_a_sound_log()
    {
        var log = files.File("run.db");
        using var run = Command.Start([], "simulate", Checkout.FourArm, "--engine", "sumo", "--class", "R+", "--log", log);
        await run.SaysAsync(" 10 %");
        using (var kill = Process.Start("kill", ["-INT", $"{run.ProcessId}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await run.EndAsync();
        Assert.Equal(130, run.ExitCode);
        Assert.Single(run.Complaints);
        await AssertSoundAsync(log);
    }

    [Fact]
    public async Task A_killed_run_leaves_every_second_that_has_passed()
    {
        var log = files.File("run.log");
        using var run = Command.Start([], "simulate", Checkout.FourArm, "--engine", "sumo", "--class", "R+", "--log", log);
        await run.SaysAsync(" 10 %");
        Process.GetProcessById(run.ProcessId).Kill();
        await run.EndAsync();
        await AssertSoundAsync(log);

        using var before = await Command.RunAsync("replay", log, "--at", "00:05:50");
        Assert.Contains("centre at 00:05:50: ", before.Output, StringComparison.Ordinal);
        Assert.Contains("  lamps ", before.Output, StringComparison.Ordinal);
        using var after = await Command.RunAsync("replay", log, "--at", "00:59:50");
        Assert.Contains("centre at 00:59:50: nothing was recorded; the log ends at 00:", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_sumo_the_user_reads_how_to_get_it()
    {
        using var run = Command.Start([("SUMO_BINARY", files.File("no-sumo"))], "simulate", Checkout.FourArm, "--engine", "sumo", "--end", "60");
        await run.EndAsync();
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("apt-get install sumo", Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulate", "nowhere")]
    [InlineData("simulate")]
    [InlineData("simulate", "{four-arm}", "--strategy", "clever")]
    [InlineData("simulate", "{four-arm}", "--begin", "7 o'clock")]
    [InlineData("simulate", "{four-arm}", "--end", "0")]
    [InlineData("simulate", "{four-arm}", "--scale", "9")]
    [InlineData("simulate", "{four-arm}", "--without", "wheels")]
    [InlineData("simulate", "{four-arm}", "--json", "/no/such/folder/run.json")]
    [InlineData("simulate", "{four-arm}", "--json", "/proc/run.json")]
    [InlineData("simulate", "{four-arm}", "--log", "/proc")]
    [InlineData("simulate", "{four-arm}", "--fault", "loss=5%,loss=6%")]
    [InlineData("compare", "{four-arm}", "--html", "/no/such/folder/page.html")]
    [InlineData("compare", "{four-arm}", "--html", "-")]
    [InlineData("compare", "{four-arm}", "--seeds", "5-1")]
    [InlineData("compare", "{four-arm}", "--strategies", "fixed,clever")]
    [InlineData("replay", "/no/such/log.db")]
    [InlineData("replay", "/proc")]
    [InlineData("check", "/dev/null")]
    [InlineData("levitate")]
    public async Task Bad_input_is_one_line_and_status_2(params string[] arguments)
    {
        using var run = await Command.RunAsync([.. arguments.Select(a => a == "{four-arm}" ? Checkout.FourArm : a)]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("trafficai: ", Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_programme_with_crossing_priority_greens_is_not_fit_for_use()
    {
        var network = files.File("bad.net.xml");
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.FourArm, "four-arm.net.xml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(network, text.Replace("rrrgGGrrrrgGGrGrGr", "rrrgGGrrGrgGGrGrGr", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var check = await Command.RunAsync("check", network);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("F1: the ways from east_stop_1 and south_stop_1 cross", check.Output, StringComparison.Ordinal);
        using var sound = await Command.RunAsync("check", Checkout.FourArm);
        Assert.Equal(0, sound.ExitCode);
    }

    [Fact]
    public async Task A_log_that_exists_is_never_written_over()
    {
        var log = files.File("run.db");
        using var first = await Command.RunAsync("simulate", Checkout.FourArm, "--end", "60", "--log", log);
        var before = await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken);
        using var second = await Command.RunAsync("simulate", Checkout.FourArm, "--end", "60", "--log", log);
        Assert.Equal(2, second.ExitCode);
        Assert.Single(second.Complaints);
        Assert.Equal(before, await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_edited_decision_is_found_and_shown()
    {
        var (log, edited) = (files.File("run.db"), files.File("edited.db"));
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--end", "120", "--log", log);
        await CopyAsync(log, edited, e => e.Type == IntersectionEvent.PhaseDecided
            ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(e.Payload.Span).Replace("\"bound\":\"none\"", "\"bound\":\"none \"", StringComparison.Ordinal))
            : e.Payload);
        using var replay = await Command.RunAsync("replay", edited, "--verify");
        Assert.Equal(1, replay.ExitCode);
        Assert.Contains("DIFFERENT: first at intersection 'centre'", replay.Output, StringComparison.Ordinal);
        Assert.Contains("  recorded  phase-decided.v1 at 00:", replay.Output, StringComparison.Ordinal);
        Assert.Contains("  differs   bound: recorded \"none \", decided \"none\"", replay.Output, StringComparison.Ordinal);
        Assert.Contains("  decided   phase-decided.v1 at 00:", replay.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE events SET payload = replace(CAST(payload AS TEXT), 'none', 'nine') WHERE position = (SELECT max(position) FROM events WHERE type = (SELECT id FROM types WHERE name = 'phase-decided.v1'))", "intersection-centre, revisions [0-9]+ to [0-9]+: these are not the events that were recorded: their digest does not fit")]
    [InlineData("DELETE FROM events WHERE stream = (SELECT id FROM streams WHERE name = 'inputs-centre') AND revision BETWEEN 70 AND 72", "inputs-centre, revisions 70 to 72: missing")]
    [InlineData("DELETE FROM events WHERE stream = (SELECT id FROM streams WHERE name = 'inputs-centre') AND revision > 100", "inputs-centre, revisions 101 to 133: missing: the end of the stream was cut off")]
    [InlineData("DELETE FROM events WHERE stream = (SELECT id FROM streams WHERE name = 'inputs-centre')", "inputs-centre, revisions 0 to 133: missing: the run recorded this stream, and it was cut out")]
    [InlineData("DELETE FROM events WHERE position = (SELECT max(position) FROM events)", "site, revision 4: missing: the digest with which a run ends was cut off")]
    public async Task An_edited_log_is_found_by_check_and_named(string sql, string finding)
    {
        var log = files.File("run.db");
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--end", "130", "--log", log);
        using (var sound = await Command.RunAsync("check", log)) Assert.Contains("  the run ended; ", sound.Output, StringComparison.Ordinal);
        Edit(log, sql);
        using var check = await Command.RunAsync("check", log);
        Assert.Equal(1, check.ExitCode);
        Assert.Matches($"  {finding}", check.Output);
        Assert.Contains("  NOT sound: ", check.Output, StringComparison.Ordinal);
    }

    private static void Edit(string path, string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_open(path, out var file));
        using (file) Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_exec(file, sql));
    }

    private static async Task CopyAsync(string from, string to, Func<RecordedEvent, ReadOnlyMemory<byte>> change)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var source = EventLogUri.Open(from, EventLogMode.OpenExisting);
        await using var target = EventLogUri.Open(to, EventLogMode.Create);
        await foreach (var e in source.ReadAllAsync(0, stop))
        {
            await target.AppendAsync(e.Stream, e.Revision - 1, new EventData[] { new(e.Id, e.Type, change(e)) }, stop);
        }
    }

    private static async Task AssertSoundAsync(string log)
    {
        using var check = await Command.RunAsync("check", log);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        using var replay = await Command.RunAsync("replay", log, "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        Assert.Contains("  the run did not end: ", check.Output, StringComparison.Ordinal);
    }
}
