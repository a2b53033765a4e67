using System.CommandLine;
using System.Globalization;
using TrafficAI.Cli.Demo;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai demo</c>: adaptive beside fixed on the built-in street, recorded. Needs nothing but .NET.</summary>
public static class DemoCommand
{
    private const string DefaultScenario = "corridor";

    public static Command Create()
    {
        var scenario = new Argument<string?>("SCENARIO")
        {
            Description = $"A folder with one .sumocfg, or a .sumocfg. Default: simulations/{DefaultScenario}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var duration = new Option<int?>("--duration") { Description = "Seconds of the street to show, 60 or more. Default: all of the scenario." };
        var seed = new Option<int>("--seed") { Description = "Seed of the street, the same for both.", DefaultValueFactory = _ => 1 };
        var log = new Option<string?>("--log") { Description = "Where to record the adaptive run. Default: demo.db, or the next number that is free." };
        var command = new Command(
            "demo",
            """
            Drive the same vehicles through the built-in street under the fixed plan and under adaptive control, side by side.

              trafficai demo
              trafficai demo simulations/four-arm --duration 1200 --seed 2

            Records every input and decision of the adaptive run, and says at the end how to replay and explain it.
            """);
        command.Arguments.Add(scenario);
        foreach (var option in new Option[] { duration, seed, log }) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            var order = new DemoOrder(
                parsed.GetValue(scenario) ?? Shipped(DefaultScenario),
                parsed.GetValue(duration) is { } seconds ? ScenarioOptions.InRange("--duration", seconds, 60, 86_400) : null,
                ScenarioOptions.InRange("--seed", parsed.GetValue(seed), 0, int.MaxValue),
                parsed.GetValue(log) ?? FreeLog());
            await DemoRun.RunAsync(order, stop);
            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>A scenario of <c>simulations/</c>: here, or above the program.</summary>
    private static string Shipped(string name)
    {
        var relative = Path.Combine("simulations", name);
        if (Directory.Exists(relative)) return relative;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, relative))) return Path.Combine(folder.FullName, relative);
        }

        throw new InputException($"{relative}: there is no such folder here. Name a scenario: trafficai demo SCENARIO.");
    }

    private static string FreeLog()
    {
        var name = "demo.db";
        for (var number = 2; File.Exists(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"demo-{number}.db");
        return name;
    }
}
