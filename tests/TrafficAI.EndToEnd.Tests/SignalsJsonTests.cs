using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The four-arm junction with a <c>signals.json</c> beside it: what the file says is on the lamps and in the log.</summary>
public sealed class SignalsJsonTests : IDisposable
{
    private const string Kz = """
        {
          "version": 1,
          "date": "2026-09-15",
          "profile": "kz",
          "intersections": [
            {
              "id": "centre",
              "names": { "en": "Centre" },
              "maximumRed": 180,
              "groups": [ { "links": [3, 4, 5], "name": "K1", "minimumGreen": 21, "queueLimit": 90 } ],
              "intergreens": [ { "from": 4, "to": 0, "seconds": 11 } ]
            }
          ]
        }
        """;

    private readonly Checkout files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("fixed")]
    [InlineData("adaptive")]
    public async Task What_the_file_says_is_shown_and_replays_from_the_log_alone(string strategy)
    {
        var (scenario, log) = (Scenario(Kz), files.File("run.db"));
        using var run = await Command.RunAsync("simulate", scenario, "--class", "site", "--strategy", strategy, "--end", "600", "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        Directory.Delete(scenario, recursive: true);

        using var replay = await Command.RunAsync("replay", log, "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        Assert.Contains("(second 0 is 2026-09-15T00:00:00Z)", replay.Output, StringComparison.Ordinal);
        using var at = await Command.RunAsync("replay", log, "--at", "00:05:00");
        Assert.Contains("centre (Centre) at 00:05:00 (2026-09-15T00:05:00Z): ", at.Output, StringComparison.Ordinal);
        Assert.Contains("  groups    K1 ", at.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", log);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);

        var (signals, shown) = await ShownAsync(log);
        var raised = signals.Groups.Single(group => group.Links.Contains(4));
        var foe = signals.Groups.Single(group => group.Links.Contains(0));
        foreach (var group in signals.Groups) Judge(group, [.. shown.Select(second => second.Lamps[group.Index])], group == raised ? 21 : 1);
        Assert.True(ShortestIntergreen([.. shown.Select(s => s.Lamps)], raised.Index, foe.Index) >= 11);
    }

    [Fact]
    public async Task Check_says_in_a_line_what_the_file_changes()
    {
        using var check = await Command.RunAsync("check", Scenario(Kz));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.Contains("  signals.json: second 0 is 2026-09-15T00:00:00Z\n", check.Output, StringComparison.Ordinal);
        Assert.Contains("signals.json 'Centre': flashing green 3 s, minimum green of 1 group, ", check.Output, StringComparison.Ordinal);
        Assert.Contains("red at most 180 s", check.Output, StringComparison.Ordinal);
        Assert.Contains(", queue limit of 1 group\n", check.Output, StringComparison.Ordinal);
    }

    /// <summary>On Seifullin vehicles are stuck inside a junction now and then: all red lasts longer, the log says why, and a replay finds the same.</summary>
    [Fact]
    public async Task All_red_that_lasted_longer_is_recorded_explained_and_replayed()
    {
        var (scenario, log) = (Path.Combine(Checkout.FourArm, "..", "almaty-seifullin"), files.File("run.db"));
        using var check = await Command.RunAsync("check", scenario);
        Assert.Contains("all red up to 5 s longer", check.Output, StringComparison.Ordinal);
        using var run = await Command.RunAsync("simulate", scenario, "--end", "9600", "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        using var replay = await Command.RunAsync("replay", log, "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var events = await Command.RunAsync("log", "show", log, "intersection-ALA-155");
        var longer = events.Output.Split('\n').First(line => line.Contains("\"bound\":\"all-red\"", StringComparison.Ordinal));
        var second = int.Parse(Regex.Match(longer, "\"second\":([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
        using var explained = await Command.RunAsync("explain", log, "--intersection", "ALA-155", "--at", TimeSpan.FromSeconds(second).ToString("c", CultureInfo.InvariantCulture));
        Assert.Contains("lasted longer, since vehicles that had passed their stop line had not come out", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_the_documentation_fits_the_four_arm_junction()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout.FourArm, "..", "..", "docs", "signals-json.md"), Cancel);
        var begin = page.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        using var check = await Command.RunAsync("check", Scenario(page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)]));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        foreach (var line in check.Output.Split('\n').Skip(1)) Assert.Contains(line, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_refuses_minima_that_do_not_fit_the_maximum_red()
    {
        using var check = await Command.RunAsync("check", Scenario(Kz.Replace("180", "40", StringComparison.Ordinal)));
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("over the maximum red of 40 s", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"centre\"", "\"center\"", "$.intersections[0].id: the network has no signal 'center'")]
    [InlineData("[3, 4, 5]", "[3, 4]", "$.intersections[0].groups[0].links: link 3 is in a group with the links [3, 4, 5]")]
    [InlineData("\"seconds\": 11", "\"seconds\": 1", "$.intersections[0].intergreens[0].seconds: 1 s is less than")]
    [InlineData("\"maximumRed\"", "\"maximumred\"", "it has the member 'maximumred', which nobody reads")]
    [InlineData("\"version\": 1,", "\"version\": 1", "line 3 is not readable as JSON")]
    public async Task A_file_that_does_not_fit_is_bad_input_in_one_line(string good, string bad, string what)
    {
        var scenario = Scenario(Kz.Replace(good, bad, StringComparison.Ordinal));
        foreach (var command in new[] { "check", "simulate" })
        {
            using var refused = await Command.RunAsync(command, scenario);
            Assert.Equal(2, refused.ExitCode);
            var line = Assert.Single(refused.Complaints);
            Assert.Contains(what, line, StringComparison.Ordinal);
            Assert.Contains(Path.Combine(scenario, "signals.json"), line, StringComparison.Ordinal);
        }
    }

    private string Scenario(string signals)
    {
        var folder = Directory.CreateDirectory(files.File("scenario")).FullName;
        foreach (var file in Directory.EnumerateFiles(Checkout.FourArm, "four-arm.*")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        File.WriteAllText(Path.Combine(folder, "signals.json"), signals);
        return folder;
    }

    /// <summary>Green ends with 3 s of flashing green; vehicles then show amber for 3 s.</summary>
    private static void Judge(SignalGroup group, ImmutableArray<Lamp> shown, int minimumGreen)
    {
        var ends = Enumerable.Range(1, shown.Length - 7).Where(second => shown[second - 1].IsGreen() && !shown[second].IsGreen()).ToList();
        if (group.Index == 2) Assert.NotEmpty(ends);
        foreach (var end in ends)
        {
            var green = end;
            while (green > 0 && shown[green - 1].IsGreen()) green--;
            if (green == 0) continue;
            Assert.True(end - green >= minimumGreen, $"group {group.Index} was green for {end - green} s");
            Assert.Equal([Lamp.Green, Lamp.FlashingGreen, Lamp.FlashingGreen, Lamp.FlashingGreen], shown[(end - 4)..end]);
            if (group.Kind == GroupKind.Pedestrian) Assert.Equal(Lamp.Red, shown[end]);
            else Assert.Equal([Lamp.Amber, Lamp.Amber, Lamp.Amber, Lamp.Red], shown[end..(end + 4)]);
        }
    }

    private static int ShortestIntergreen(ImmutableArray<ImmutableArray<Lamp>> shown, int ending, int starting)
    {
        var (shortest, ended) = (int.MaxValue, -1);
        for (var second = 1; second < shown.Length; second++)
        {
            if (shown[second - 1][ending].IsGreen() && !shown[second][ending].IsGreen()) ended = second;
            if (ended >= 0 && !shown[second - 1][starting].IsGreen() && shown[second][starting].IsGreen()) shortest = Math.Min(shortest, second - ended);
        }

        Assert.NotEqual(int.MaxValue, shortest);
        return shortest;
    }

    private static async Task<(IntersectionSignals Signals, ImmutableArray<SignalState> Shown)> ShownAsync(string path)
    {
        await using var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
        var replay = await Replay.OpenAsync(log, Cancel);
        var shown = ImmutableArray.CreateBuilder<SignalState>();
        await foreach (var e in log.ReadAsync(StreamNames.Inputs(new IntersectionId("centre")), 0, Cancel))
            if (e.Type == FrameCodec.EventType) shown.Add(FrameCodec.Decode(new IntersectionId("centre"), e.Payload).Signals);
        return (replay.Site.Signals[0], shown.ToImmutable());
    }
}
