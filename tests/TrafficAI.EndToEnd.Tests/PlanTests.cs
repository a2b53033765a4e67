using System.Text.Json;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Plans as their user gets them: counted in recorded runs, computed, written, and driven.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Counted_runs_give_plans_that_drive_and_replay()
    {
        var (plans, log) = (files.File("plans.json"), files.File("tuned.db"));
        using var command = await Command.RunAsync("plan", await CountedAsync(1), await CountedAsync(2), "--out", plans);
        Assert.True(command.ExitCode == 0, command.Errors);
        Assert.Matches(@"^centre from 00:00:00: \d{4} veh/h, cycle \d+ s, F1 \d+ s, F2 \d+ s, F3 \d+ s, F4 \d+ s; saturation 0\.\d\d, \d+\.\d s of delay\n$", command.Output);
        Assert.Equal("R+", JsonDocument.Parse(await File.ReadAllTextAsync(plans, TestContext.Current.CancellationToken)).RootElement.GetProperty("class").GetString());

        using var compared = await Command.RunAsync(
            "compare", Checkout.FourArm, "--strategies", "fixed,webster,tuc,actuated-tuned", "--plans", plans, "--class", "R+", "--seeds", "3", "--end", "300");
        Assert.True(compared.ExitCode == 0, compared.Errors);
        Assert.Matches(@"webster +\d+\.\d.*\n +tuc +\d+\.\d.*\n +actuated-tuned +\d+\.\d", compared.Output);

        using var run = await Command.RunAsync(
            "simulate", Checkout.FourArm, "--strategy", "actuated-tuned", "--plans", plans, "--class", "R+", "--end", "200", "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        File.Delete(plans);
        using var replayed = await Command.RunAsync("replay", log, "--verify"); // the plans are in the log
        Assert.True(replayed.ExitCode == 0, replayed.Output + replayed.Errors);
    }

    [Fact]
    public async Task As_programmes_of_sumo_the_plans_show_the_same()
    {
        var (plans, programs, webster, fixedPlan) = (files.File("plans.json"), files.File("webster.add.xml"), files.File("webster.json"), files.File("fixed.json"));
        using var command = await Command.RunAsync("plan", await CountedAsync(1), "--out", plans, "--programs", programs);
        Assert.True(command.ExitCode == 0, command.Errors);
        string[] common = ["simulate", Checkout.FourArm, "--class", "R+", "--end", "600"];
        using var first = await Command.RunAsync([.. common, "--strategy", "webster", "--plans", plans, "--json", webster]);
        using var second = await Command.RunAsync([.. common, "--strategy", "fixed", "--programs", programs, "--json", fixedPlan]);
        Assert.True(first.ExitCode == 0 && second.ExitCode == 0, first.Errors + second.Errors);
        Assert.Equal(Delay(webster), Delay(fixedPlan), 2.0);
    }

    private static double Delay(string figures) => JsonDocument.Parse(File.ReadAllText(figures)).RootElement.GetProperty("delay_s").GetDouble();

    [Fact]
    public async Task Bad_input_is_one_line()
    {
        var (log, plans) = (await CountedAsync(1), files.File("plans.json"));
        using var computed = await Command.RunAsync("plan", log, "--out", plans);
        Assert.True(computed.ExitCode == 0, computed.Errors);
        await RefusedAsync("Give --plans FILE", "simulate", Checkout.FourArm, "--strategy", "tuc");
        await RefusedAsync("there is no such file. Write one with 'trafficai plan LOG --out", "simulate", Checkout.FourArm, "--strategy", "webster", "--plans", files.File("none.json"));
        await RefusedAsync("these plans are for other constraints", "simulate", Checkout.FourArm, "--strategy", "webster", "--plans", plans, "--class", "S");
        await RefusedAsync("no plans for 'J1'", "simulate", Checkout.Corridor, "--strategy", "webster", "--plans", plans, "--class", "R+");
        await RefusedAsync("none.db", "plan", files.File("none.db"));
        await RefusedAsync("this is a folder. Name a file.", "plan", log, "--out", Path.GetDirectoryName(plans)!);
    }

    private async Task<string> CountedAsync(int seed)
    {
        var log = files.File($"counted-{seed}.db");
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--strategy", "actuated", "--class", "R+", "--seed", $"{seed}", "--end", "600", "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        return log;
    }

    private static async Task RefusedAsync(string complaint, params string[] arguments)
    {
        using var command = await Command.RunAsync(arguments);
        Assert.Equal(2, command.ExitCode);
        Assert.Contains(complaint, Assert.Single(command.Complaints), StringComparison.Ordinal);
    }
}
