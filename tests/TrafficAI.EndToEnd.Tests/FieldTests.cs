using System.Diagnostics;
using System.Text.RegularExpressions;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The street and the optimiser on two ends of a real broker.</summary>
public sealed partial class FieldTests : IDisposable
{
    private readonly Checkout files = new();
    private readonly Broker broker = new();

    private string Bus => $"mqtt://127.0.0.1:{broker.Port}/demo";

    public void Dispose()
    {
        broker.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task In_lock_step_a_street_behind_a_broker_gets_the_decisions_of_one_in_the_same_process()
    {
        await WriteSiteAsync();
        using var serve = Command.Start([], "serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml"));
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync(
            "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"), "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "600");
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "600");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Equal(Delay().Match(whole.Output).Value, Delay().Match(street.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);

        using var replay = await Command.RunAsync("replay", files.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", files.File("serve.db"));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public async Task A_street_that_was_there_first_waits_for_its_server_and_gets_the_same_decisions()
    {
        await WriteSiteAsync();
        using var street = Command.Start(
            [], "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"), "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "60");
        await street.SaysAsync("no answer yet of 1 intersections to second 0");
        using var serve = Command.Start([], "serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml"));
        await street.EndAsync();
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(serve);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "60");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(serve.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_goes_on_and_no_decision_is_another()
    {
        await WriteSiteAsync();
        string[] arguments = ["serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml")];
        using var first = Command.Start([], arguments);
        await first.SaysAsync("1 intersections at mqtt://");
        using var street = Command.Start(
            [], "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"), "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "600");
        await street.SaysAsync("controllers:  30 %");
        first.Kill();
        using var second = Command.Start([], arguments);
        await street.EndAsync();
        Assert.True(street.ExitCode == 0, street.Errors);
        await StopAsync(second);

        using var whole = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "600");
        Assert.Equal(Decisions().Match(whole.Output).Value, Decisions().Match(second.Output).Value);
        Assert.Contains("0 refused, 0 late, 0 waited for in vain", street.Output, StringComparison.Ordinal);
        Assert.Equal("3", Epoch().Match(first.Errors).Groups[1].Value);
        Assert.Equal("5", Epoch().Match(second.Errors).Groups[1].Value);
        using var replay = await Command.RunAsync("replay", files.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var check = await Command.RunAsync("check", files.File("serve.db"));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Fact]
    public async Task Messages_that_are_lost_doubled_and_overtaken_make_nothing_unsafe_and_the_log_replays()
    {
        await WriteSiteAsync();
        using var serve = Command.Start([], "serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml"));
        await serve.SaysAsync("1 intersections at mqtt://");
        using var street = await Command.RunAsync(
            "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"), "--class", "S", "--sensing", "loops", "--seed", "2", "--end", "200",
            "--fault", "loss=5%,dup=5%,reorder=5%");
        Assert.True(street.ExitCode == 0, street.Errors);
        Assert.Contains(" 0 s in fault", street.Output, StringComparison.Ordinal);
        await StopAsync(serve);
        Assert.Matches("frames +[1-9][0-9]* missed", serve.Output);

        using var replay = await Command.RunAsync("replay", files.File("serve.db"), "--verify");
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var session = await Command.RunAsync("log", "show", files.File("serve.db"), "session-centre");
        Assert.Contains("frames-skipped.v1", session.Output, StringComparison.Ordinal);
        Assert.Contains("messages-counted.v1", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_of_another_site_is_refused_in_one_line()
    {
        await WriteSiteAsync();
        using (var serve = Command.Start([], "serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml")))
        {
            await serve.SaysAsync("1 intersections at mqtt://");
            await StopAsync(serve);
        }

        await File.AppendAllTextAsync(files.File("site.yaml"), "latency: 2\n", TestContext.Current.CancellationToken);
        await RefusedAsync("Begin a new one, with --epoch 4", "serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml"));
    }

    [Theory]
    [InlineData("scenario: four-arm\nkeys: keys.txt\nspeed: 7\n", "site.yaml:3: ")]
    [InlineData("keys: keys.txt\n", "'scenario' or 'keys' is missing")]
    [InlineData("scenario: nowhere\nkeys: keys.txt\n", "nowhere")]
    [InlineData("scenario: four-arm\nkeys: keys.txt\nclass: T\n", "no class 'T'")]
    public async Task A_bad_site_is_refused_in_one_line(string yaml, string part)
    {
        await WriteSiteAsync();
        await File.WriteAllTextAsync(files.File("site.yaml"), yaml.Replace("four-arm", Checkout.FourArm, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await RefusedAsync(part, "serve", "--bus", Bus, "--log", files.File("serve.db"), "--site", files.File("site.yaml"));
    }

    [Fact]
    public async Task A_controller_without_a_key_is_refused_in_one_line()
    {
        await File.WriteAllTextAsync(files.File("keys.txt"), "elsewhere " + new string('0', 64) + "\n", TestContext.Current.CancellationToken);
        await RefusedAsync("no key for 'centre'", "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"));
        await File.WriteAllTextAsync(files.File("keys.txt"), "centre 0123\n", TestContext.Current.CancellationToken);
        await RefusedAsync("keys.txt:1: ", "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"));
        await RefusedAsync("--pace 'fast'", "controllers", Checkout.FourArm, "--bus", Bus, "--keys", files.File("keys.txt"), "--pace", "fast");
        await RefusedAsync("name the city", "controllers", Checkout.FourArm, "--bus", "mqtt://localhost", "--keys", files.File("keys.txt"));
    }

    private static async Task RefusedAsync(string part, params string[] arguments)
    {
        using var run = await Command.RunAsync(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    private static async Task StopAsync(Command serve)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{serve.ProcessId}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await serve.EndAsync();
        Assert.True(serve.ExitCode == 0, serve.Errors);
    }

    private async Task WriteSiteAsync()
    {
        await File.WriteAllTextAsync(
            files.File("site.yaml"), $"scenario: {Checkout.FourArm}\nkeys: keys.txt\nclass: S\nsensing: loops\n", TestContext.Current.CancellationToken);
        using var keys = await Command.RunAsync("controllers", Checkout.FourArm, "--new-keys", files.File("keys.txt"));
        Assert.True(keys.ExitCode == 0, keys.Errors);
    }

    [GeneratedRegex("decisions .*sha256 [0-9a-f]+")]
    private static partial Regex Decisions();

    [GeneratedRegex("epoch ([0-9]+)")]
    private static partial Regex Epoch();

    [GeneratedRegex("mean delay .*")]
    private static partial Regex Delay();
}
