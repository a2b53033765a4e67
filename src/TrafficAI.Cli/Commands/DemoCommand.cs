using System.CommandLine;
using System.Globalization;
using TrafficAI.Cli.Demo;
using TrafficAI.Cli.Field;
using TrafficAI.Server;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai demo</c>: adaptive beside fixed on the built-in street, recorded. Needs nothing but .NET.</summary>
public static class DemoCommand
{
    private const string DefaultScenario = "corridor";
    private const string DefaultListen = "http://127.0.0.1:8080";
    private const double DefaultPace = 10;

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
        var listen = new Option<string?>("--listen") { Description = $"Where to serve the dashboard. Default: {DefaultListen} on a terminal, nowhere without one." };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Serve no dashboard, run as fast as it can, and end by itself." };
        var noOpen = new Option<bool>("--no-open") { Description = "Open no browser." };
        var pace = new Option<string?>("--pace") { Description = "Street seconds per second, such as 10x (with a dashboard the default), or max for as fast as it can." };
        var command = new Command(
            "demo",
            """
            Drive the same vehicles through the built-in street under the fixed plan and under adaptive control, side by side.

              trafficai demo
              trafficai demo simulations/four-arm --duration 1200 --seed 2
              trafficai demo simulations/almaty-abay --pace 20x

            Records every input and decision of the adaptive run, and says at the end how to replay and explain it. On a terminal its dashboard is served
            too, and the street runs so slowly that one can watch it.
            """);
        command.Arguments.Add(scenario);
        foreach (var option in new Option[] { duration, seed, log, listen, noDashboard, noOpen, pace }) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            var at = Listen(parsed.GetValue(listen), parsed.GetValue(noDashboard));
            var order = new DemoOrder(
                parsed.GetValue(scenario) ?? Shipped(DefaultScenario),
                parsed.GetValue(duration) is { } seconds ? ScenarioOptions.InRange("--duration", seconds, 60, 86_400) : null,
                ScenarioOptions.InRange("--seed", parsed.GetValue(seed), 0, int.MaxValue),
                parsed.GetValue(log) ?? FreeLog(),
                PaceOf(parsed.GetValue(pace), at is not null));
            await using var dashboard = at is null ? null : new DemoDashboard(order.Log, at, !parsed.GetValue(noOpen));
            await DemoRun.RunAsync(order, dashboard, stop);
            if (dashboard is not null) await dashboard.StayAsync(stop);
            return CommandLine.Done;
        });
        return command;
    }

    /// <exception cref="InputException">It is no address, or others could reach it.</exception>
    private static ListenAddress? Listen(string? text, bool none)
    {
        if (none || (text is null && (Console.IsOutputRedirected || Console.IsInputRedirected))) return null;
        var address = ListenAddress.TryParse(text ?? DefaultListen)
            ?? throw new InputException($"--listen: '{text}' is no address. Write {DefaultListen}, with port 0 for a free one.");
        return address is { IsLoopback: true, IsTls: false } ? address : throw new InputException($"--listen {text}: a demonstration is for this machine alone. Listen on 127.0.0.1 by http://.");
    }

    private static double PaceOf(string? text, bool hasDashboard)
    {
        if (text is null or "max") return text is null && hasDashboard ? DefaultPace : 0;
        var pace = Pace.Parse(text);
        return pace.IsLockstep ? throw new InputException("--pace lockstep: choose real, a multiple such as 10x, or max.") : pace.Factor;
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
