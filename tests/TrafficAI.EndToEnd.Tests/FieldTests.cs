using System.Globalization;
using System.Text.RegularExpressions;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The street and the optimiser on two ends of a real broker.</summary>
public sealed partial class FieldTests : IDisposable
{
    private const string Loops = "class: S\nsensing: loops\n";

    private readonly FieldSite<Broker> site = new(new());

    private string Bus => $"mqtt://127.0.0.1:{site.Broker.Port}/demo";

    private string[] Serve => ["serve", "--bus", Bus, .. site.Server];

    private string[] Street => ["controllers", Checkout.FourArm, "--engine", "sumo", "--bus", Bus, "--keys", site.Keys, "--class", "S", "--sensing", "loops", "--seed", "2"];

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task In_lock_step_a_street_behind_a_broker_gets_the_decisions_of_one_in_the_same_process()
    {
        await site.WriteSiteAsync(Loops);
        using var serve = Command.Start([], Serve);
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync([.. Street, "--end", "600"]);
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--engine", "sumo", "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "600");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Equal(Delay().Match(whole.Output).Value, Delay().Match(street.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);

        using var replay = await Command.RunAsync("replay", site.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", site.File("serve.db"));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public async Task A_street_that_was_there_first_waits_for_its_server_and_gets_the_same_decisions()
    {
        await site.WriteSiteAsync(Loops);
        using var street = Command.Start([], [.. Street, "--end", "60"]);
        await street.SaysAsync("no answer yet of 1 intersections to second 0");
        using var serve = Command.Start([], Serve);
        await street.EndAsync();
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--engine", "sumo", "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "60");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_goes_on_and_no_decision_is_another()
    {
        await site.WriteSiteAsync(Loops);
        using var first = Command.Start([], Serve);
        await first.SaysAsync("1 intersections at mqtt://");
        using var street = Command.Start([], [.. Street, "--end", "600"]);
        await street.SaysAsync("controllers:  30 %");
        first.Kill();
        using var second = Command.Start([], Serve);
        await street.EndAsync();
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(second);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--engine", "sumo", "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "600");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(second.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);
        Assert.Equal("3", Epoch().Match(first.Errors).Groups[1].Value);
        Assert.Equal("5", Epoch().Match(second.Errors).Groups[1].Value);
        using var replay = await Command.RunAsync("replay", site.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", site.File("serve.db"));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public async Task Messages_that_are_lost_doubled_and_overtaken_make_nothing_unsafe_and_the_log_replays()
    {
        await site.WriteSiteAsync(Loops);
        using var serve = Command.Start([], Serve);
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync([.. Street, "--end", "200", "--fault", "loss=5%,dup=5%,reorder=5%"]);
        Assert.True(street.ExitCode == 0, street.Errors);
        Assert.Contains(" 0 s in fault", street.Output, StringComparison.Ordinal);
        await StopAsync(serve);
        Assert.Matches("frames +[1-9][0-9]* missed", serve.Output);

        using var replay = await Command.RunAsync("replay", site.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var session = await Command.RunAsync("log", "show", site.File("serve.db"), "session-centre");
        Assert.Contains("frames-skipped.v1", session.Output, StringComparison.Ordinal);
        Assert.Contains("messages-counted.v1", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_are_doubled_change_nothing_and_a_street_behind_a_broker_gets_the_decisions_of_one_in_the_same_process()
    {
        await site.WriteSiteAsync(Loops);
        using var serve = Command.Start([], Serve);
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync([.. Street, "--end", "300", "--fault", "dup=20%"]);
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--engine", "sumo", "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "300", "--fault", "dup=20%");
        using var sound = await Command.RunAsync("simulate", Checkout.FourArm, "--engine", "sumo", "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "300");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Equal(Decisions().Match(sound.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Equal(Delay().Match(whole.Output).Value, Delay().Match(street.Output).Value);
    }

    [Fact]
    public async Task A_wall_clock_that_is_wrong_is_recorded_and_no_decision_is_another()
    {
        await site.WriteSiteAsync(Loops);
        using var serve = Command.Start([], Serve);
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync([.. Street, "--end", "120", "--clock-ahead", "30@40"]);
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--engine", "sumo", "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "120");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);
        using var session = await Command.RunAsync("log", "show", site.File("serve.db"), "session-centre");
        Assert.Matches(Shifted(), session.Output);
    }

    [Fact]
    public async Task A_priority_request_is_answered_and_found_again_by_a_replay()
    {
        await site.WriteSiteAsync(Loops);
        using var serve = Command.Start([], Serve);
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync([.. Street, "--end", "150", "--ask", "30:1:20:centre", "--ask", "31:60:20:centre"]);
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        foreach (var answer in new[] { "request 1: queued", "request 1: activated", "request 1: completed", "request 2: rejected" })
            Assert.Contains($"controllers: centre: priority {answer}", street.Errors, StringComparison.Ordinal);
        using var inputs = await Command.RunAsync("log", "show", site.File("serve.db"), "inputs-centre");
        Assert.Contains("priority-asked.v1", inputs.Output, StringComparison.Ordinal);
        using var replay = await Command.RunAsync("replay", site.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", site.File("serve.db"));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public async Task A_log_of_another_site_is_refused_in_one_line_that_says_what_to_run_and_left_for_the_next_when_told()
    {
        await site.WriteSiteAsync(Loops);
        using (var serve = Command.Start([], Serve))
        {
            await serve.SaysAsync("1 intersections at mqtt://");
            await StopAsync(serve);
        }

        await File.AppendAllTextAsync(site.File("site.yaml"), "latency: 2\n", TestContext.Current.CancellationToken);
        await Command.RefusedAsync($"Run the same with --next-log, or with --log {site.File("serve-2.db")} --epoch 4", Serve);
        var epochs = new List<long> { 3 };
        for (var i = 0; i < 2; i++)
        {
            using var next = Command.Start([], [.. Serve, "--next-log"]);
            await next.SaysAsync("end with Ctrl-C");
            await StopAsync(next);
            Assert.Contains("it is left as it is", next.Errors, StringComparison.Ordinal);
            Assert.Contains("serve-2.db", next.Output, StringComparison.Ordinal);
            epochs.Add(long.Parse(Epoch().Match(next.Errors).Groups[1].Value, CultureInfo.InvariantCulture));
        }

        Assert.Equal(epochs.Distinct().Order(), epochs);
    }

    [Theory]
    [InlineData("scenario: four-arm\nkeys: keys.txt\nspeed: 7\n", "site.yaml:3: ")]
    [InlineData("keys: keys.txt\n", "'scenario' or 'keys' is missing")]
    [InlineData("scenario: nowhere\nkeys: keys.txt\n", "nowhere")]
    [InlineData("scenario: four-arm\nkeys: keys.txt\nclass: T\n", "no class 'T'")]
    public async Task A_bad_site_is_refused_in_one_line(string yaml, string part)
    {
        await site.WriteSiteAsync(Loops);
        await site.WriteAsync("site.yaml", yaml.Replace("four-arm", Checkout.FourArm, StringComparison.Ordinal));
        await Command.RefusedAsync(part, Serve);
    }

    [Fact]
    public async Task A_controller_without_a_key_is_refused_in_one_line()
    {
        await site.WriteAsync("keys.txt", "elsewhere " + new string('0', 64) + "\n");
        await Command.RefusedAsync("no key for 'centre'", "controllers", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys);
        await site.WriteAsync("keys.txt", "centre 0123\n");
        await Command.RefusedAsync("keys.txt:1: ", "controllers", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys);
        await Command.RefusedAsync("--pace 'fast'", "controllers", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys, "--pace", "fast");
        await Command.RefusedAsync("name the city", "controllers", Checkout.FourArm, "--bus", "mqtt://localhost", "--keys", site.Keys);
    }

    private static async Task StopAsync(Command serve)
    {
        await serve.StopAsync();
        Assert.True(serve.ExitCode == 0, serve.Errors);
    }

    [GeneratedRegex("decisions .*sha256 [0-9a-f]+")]
    private static partial Regex Decisions();

    [GeneratedRegex("clock-shifted.v1 .*second.:4[01],.*aheadMilliseconds.:(29[5-9]|300)[0-9][0-9],.*synchronised")]
    private static partial Regex Shifted();

    [GeneratedRegex("epoch ([0-9]+)")]
    private static partial Regex Epoch();

    [GeneratedRegex("mean delay .*")]
    private static partial Regex Delay();
}
