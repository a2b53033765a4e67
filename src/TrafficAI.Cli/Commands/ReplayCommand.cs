using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TrafficAI.Cli.WhatIf;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai replay</c>: decides again on a recorded run, or shows one moment of it.</summary>
public static class ReplayCommand
{
    public static Command Create()
    {
        var logUri = new Argument<string>("LOG") { Description = "sqlite:PATH, or just PATH." };
        var verify = new Option<bool>("--verify") { Description = "Decide on every recorded input again; exit 1 if any decision differs (the default)." };
        var at = new Option<string?>("--at") { Description = "What the street showed at that second (or HH:MM:SS), and why." };
        var intersection = new Option<string?>("--intersection") { Description = "With --at: only this intersection." };
        var whatIf = new WhatIfOptions();
        var command = new Command(
            "replay",
            """
            Decide again on the inputs of a recorded run, with nothing but the log.

              trafficai replay run.db --verify                       identical, or the first difference
              trafficai replay run.db --at 07:20:00                  every lamp at that moment, and the decision behind it
              trafficai replay run.db --what-if adaptive             the same vehicles under another strategy, on the built-in street
            """) { logUri, verify, at, intersection };
        whatIf.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            if (whatIf.Read(parsed, parsed.GetValue(logUri)!) is { } order) return await AskAsync(order, whatIf, parsed, stop);
            await using var log = await Adapters.OpenLogAsync(parsed.GetValue(logUri)!, EventLogMode.OpenExisting, stop);
            var replay = await Replay.OpenAsync(log, stop);
            if (StreetTime.Parse("--at", parsed.GetValue(at)) is not { } second) return await VerifyAsync(replay, stop);
            return await ShowAsync(replay, second, parsed.GetValue(intersection), stop);
        });
        return command;
    }

    private static async Task<int> AskAsync(WhatIfOrder order, WhatIfOptions options, ParseResult parsed, CancellationToken stop)
    {
        var result = await WhatIfRun.RunAsync(order, stop);
        var json = parsed.GetValue(options.Json);
        var figures = JsonSerializer.Serialize(WhatIfView.ToJson(result), RunSummary.Json) + "\n";
        if (json is not (null or "-")) await File.WriteAllTextAsync(json, figures, stop);
        await Console.Out.WriteAsync(json == "-" ? figures : WhatIfView.Text(result));
        return result.IsReliable || !parsed.GetValue(options.Strict) ? CommandLine.Done : CommandLine.CheckFailed;
    }

    private static async Task<int> VerifyAsync(Replay replay, CancellationToken stop)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = await replay.VerifyAsync(null, stop);
        var run = result.Header;
        var day = replay.Site.File.Date is { } date ? $" (second 0 is {date})" : "";
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Scenario}: {run.Strategy}, class {ScenarioOptions.NameOf(run.Class)}, seed {run.Seed}, {StreetTime.Format(run.Begin)} to {StreetTime.Format(run.End)}{day}, {result.Intersections} intersections"));
        if (run.Build != RunHeader.ThisBuild) Console.Out.WriteLine($"recorded by build {run.Build}, decided again by {RunHeader.ThisBuild}");
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"replayed {result.Inputs} inputs in {watch.Elapsed.TotalSeconds:0.0} s: {result.Decisions} decisions, {result.Events} events, sha256 {result.Digest[..16]}"));
        if (result.First is not { } first)
        {
            Console.Out.WriteLine("identical");
            return CommandLine.Done;
        }

        Console.Out.Write(DifferenceView.Of(first));
        return CommandLine.CheckFailed;
    }

    private static async Task<int> ShowAsync(Replay replay, long second, string? only, CancellationToken stop)
    {
        var header = replay.Record.Header;
        if (second < header.Begin || second >= header.End)
        {
            throw new InputException($"--at {StreetTime.Format(second)}: the log holds {StreetTime.Format(header.Begin)} to {StreetTime.Format(header.End)}.");
        }

        var models = replay.Site.Models.Where(m => only is null || m.Signals.Id == new IntersectionId(only)).ToList();
        if (models.Count == 0) throw new InputException($"no intersection '{only}'. The log has {string.Join(", ", replay.Site.Signals.Select(s => s.Id))}.");
        foreach (var model in models) Console.Out.WriteLine(await MomentView.OfAsync(replay, model, second, stop));
        return CommandLine.Done;
    }
}
