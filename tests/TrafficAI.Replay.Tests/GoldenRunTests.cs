using TrafficAI.EndToEnd.Tests;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Replay.Tests;

/// <summary>Runs that were recorded once: this build decides the same on their inputs, bit for bit, with and without wide vectors and fused
/// arithmetic.</summary>
public sealed class GoldenRunTests
{
    private const string Advice =
        "\nThis build decides otherwise than the one that recorded the golden run. If that is meant, record the runs anew with "
        + "scripts/golden_runs.sh and say in the commit what changed on the street, and why; if not, it is a defect.";

    private const int MostBytes = 300_000;

    public static TheoryData<string> Runs => [.. GoldenRun.Names];

    public static TheoryData<string, string> RunsAndProcessors
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var run in GoldenRun.Names)
            {
                data.Add(run, "");
                data.Add(run, "DOTNET_EnableAVX2=0 DOTNET_EnableFMA=0");
            }

            return data;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(RunsAndProcessors))]
    public async Task A_golden_run_replays_as_recorded(string name, string settings)
    {
        using var golden = new GoldenRun(name);
        using var replay = await ReplayAsync(golden, settings);
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors + Advice);
        Assert.Contains("\nidentical\n", replay.Output, StringComparison.Ordinal);
        await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        var build = (await SiteRecord.ReadAsync(log, Cancel)).Header.Build;
        if (build == RunHeader.ThisBuild) Assert.DoesNotContain("recorded by build", replay.Output, StringComparison.Ordinal);
        else Assert.Contains($"recorded by build {build}, decided again by {RunHeader.ThisBuild}", replay.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Runs))]
    public async Task A_golden_run_is_sound_and_small(string name)
    {
        using var golden = new GoldenRun(name);
        using var check = await Command.RunAsync("check", golden.Path);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.Contains("  the run ended; ", check.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(Folder.Runs, $"{name}.db.gz")).Length, 1, MostBytes);
    }

    [Fact]
    public async Task Every_strategy_both_sensings_and_a_run_with_faults_are_pinned()
    {
        var headers = new List<RunHeader>();
        foreach (var name in GoldenRun.Names)
        {
            using var golden = new GoldenRun(name);
            await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
            headers.Add((await SiteRecord.ReadAsync(log, Cancel)).Header);
        }

        Assert.Equal(Optimisation.Strategies.Names.Order(StringComparer.Ordinal), headers.Select(h => h.Strategy).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(2, headers.Where(h => h.Strategy == "adaptive").Select(h => h.Sensing).Distinct().Count());
        Assert.Contains(headers, h => h.Faults.Length > 0);
    }

    [Fact]
    public async Task A_log_whose_digests_run_from_the_first_decision_is_compared_by_them()
    {
        using var golden = new GoldenRun("fixed-of-an-older-build");
        await using var source = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        await using var edited = new MemoryEventLog();
        await foreach (var e in source.ReadAllAsync(0, Cancel))
        {
            var text = System.Text.Encoding.UTF8.GetString(e.Payload.Span);
            var payload = e.Type == IntersectionEvent.DecisionsDigestedFromFirst
                ? System.Text.Encoding.UTF8.GetBytes(text.Replace("\"sha256\":\"", "\"sha256\":\"f", StringComparison.Ordinal))
                : e.Payload;
            await edited.AppendAsync(e.Stream, e.Revision - 1, new EventData[] { new(e.Id, e.Type, payload) }, Cancel);
        }

        Assert.Null((await (await Runtime.Replay.OpenAsync(source, Cancel)).VerifyAsync(null, Cancel)).First);
        var first = (await (await Runtime.Replay.OpenAsync(edited, Cancel)).VerifyAsync(null, Cancel)).First!;
        Assert.Equal((IntersectionEvent.DecisionsDigestedFromFirst, IntersectionEvent.DecisionsDigestedFromFirst), (first.Recorded?.Type, first.Decided?.Type));
    }

    private static async Task<Command> ReplayAsync(GoldenRun golden, string settings)
    {
        var environment = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Select(s => (s[0], s[1])).ToArray();
        var command = Command.Start(environment, "replay", golden.Path, "--verify");
        await command.EndAsync();
        return command;
    }
}
