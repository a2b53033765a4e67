using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai simulate</c>: one run, recorded.</summary>
public static class SimulateCommand
{
    public static Command Create()
    {
        var shared = new ScenarioOptions();
        var strategy = new Option<string>("--strategy")
        {
            Description = "fixed (the plan in the network), actuated, max-pressure or adaptive; with --plans also webster, tuc and actuated-tuned.",
            DefaultValueFactory = _ => "adaptive",
        };
        strategy.AcceptOnlyFromAmong(Optimisation.Strategies.Names);
        var seed = new Option<int>("--seed") { Description = "Seed of the street.", DefaultValueFactory = _ => 1 };
        var log = new Option<string?>("--log") { Description = "Where to record: sqlite:PATH, just PATH, or esdb://SERVER/LOG. Must not exist yet. Default: memory only." };
        var tripInfo = new Option<string?>("--tripinfo") { Description = "Where the street writes its trip file in SUMO's format, so that anyone can check our figures." };
        var json = new Option<string?>("--json") { Description = "Where to write the figures as JSON (docs/json.md); - for standard output." };
        var actors = Adapters.HostOption("channels");
        var command = new Command(
            "simulate",
            """
            Run a strategy on a simulated street and record every input and decision.

              trafficai simulate simulations/four-arm --strategy adaptive --class R+ --seed 11 --log run.db --tripinfo trips.xml --json run.json

            The delay is taken from the trip file of the street, over every vehicle scheduled in the window: also those that never got in.
            """);
        var metrics = MetricsTarget.Option();
        foreach (var option in new Option[] { strategy, seed, log, metrics, tripInfo, json, actors }) command.Options.Add(option);
        shared.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            OutputFile.Check("--json", parsed.GetValue(json));
            OutputFile.Check("--tripinfo", parsed.GetValue(tripInfo));
            await using var target = MetricsTarget.Open(parsed.GetValue(metrics), parsed.GetValue(log), line => Console.Error.WriteLine($"trafficai: {line}"));
            var settings = shared.Read(parsed, parsed.GetValue(strategy)!, parsed.GetValue(seed)) with
            {
                Log = parsed.GetValue(log),
                Metrics = target,
                TripInfo = parsed.GetValue(tripInfo),
                Host = Adapters.HostOf(parsed.GetValue(actors) ?? Adapters.Channels),
            };
            var run = await Simulator.RunAsync(settings, new ProgressLine(settings.Strategy).Show, stop);
            await ReportAsync(run.Summary, parsed.GetValue(json), stop);
            if (run.Summary.Note is { } note) await Console.Error.WriteLineAsync($"trafficai: note: {note}");
            foreach (var alarm in run.Summary.Control.Alarms) await Console.Error.WriteLineAsync($"trafficai: ALARM: {alarm}");
            return run.Summary.Control.Alarms.Count == 0 ? CommandLine.Done : CommandLine.CheckFailed;
        });
        return command;
    }

    private static async Task ReportAsync(RunSummary summary, string? json, CancellationToken stop)
    {
        var text = JsonSerializer.Serialize(summary, RunSummary.Json) + "\n";
        if (json == "-")
        {
            await Console.Out.WriteAsync(text);
            return;
        }

        if (json is not null) await File.WriteAllTextAsync(json, text, stop);
        Console.Out.Write(Text(summary));
    }

    private static string Text(RunSummary run) => string.Create(CultureInfo.InvariantCulture, $"""
        {run.Scenario}: {run.Strategy}, street {run.Engine}, class {run.Class}, sensing {run.Sensing}, seed {run.Seed}
          mean delay      {run.DelayS:0.00} s over {run.Scheduled} vehicles (95 % of them under {run.P95S:0.0} s)
          at the end      {run.Finished} arrived, {run.Running} still under way, {run.NeverInserted} never got in
          signals         {run.Control.Intersections} intersections, {run.Control.PhaseChanges} phase changes, {run.Control.FaultSeconds} s in fault
          decisions       {run.Control.Decisions}, sha256 {run.Control.DecisionsSha256[..16]}
          log             {run.Log ?? "none: give --log run.db to replay this run"}

        """);
}
