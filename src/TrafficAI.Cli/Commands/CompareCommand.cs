using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TrafficAI.Cli.Report;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai compare</c>: several strategies on the same seeds, paired.</summary>
public static class CompareCommand
{
    private const int RedirectedWidth = 140;

    public static Command Create()
    {
        var shared = new ScenarioOptions();
        var strategies = new Option<string>("--strategies") { Description = "Names, separated by commas; the first is the reference.", DefaultValueFactory = _ => "fixed,adaptive" };
        var seeds = new Option<string>("--seeds") { Description = "1-5, or 1,4,9-12.", DefaultValueFactory = _ => "1-3" };
        var jobs = new Option<int>("--jobs") { Description = "Runs at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<string?>("--json") { Description = "Where to write all figures as JSON (docs/json.md); - for standard output." };
        var html = new Option<string?>("--html") { Description = "Where to write the comparison as one self-contained page." };
        var kpi = new Option<bool>("--kpi") { Description = "Measure each run as 'kpi' does too, for --json: what is not of the trip file." };
        var command = new Command(
            "compare",
            """
            Run several strategies on the same seeds and compare them, paired.

              trafficai compare simulations/four-arm --strategies fixed,actuated,adaptive --seeds 1-5 --class R+ --html compare.html

            Three seeds are for daily work; a claim needs ten that nobody tuned on.
            """);
        foreach (var option in new Option[] { strategies, seeds, jobs, kpi, json, html }) command.Options.Add(option);
        shared.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            OutputFile.Check("--json", parsed.GetValue(json));
            OutputFile.Check("--html", parsed.GetValue(html));
            if (parsed.GetValue(html) == "-") throw new InputException("--html -: a page goes into a file. Name one.");
            var names = parsed.GetValue(strategies)!.Split(',', StringSplitOptions.TrimEntries).Select(ScenarioOptions.CheckedStrategy).Distinct().ToList();
            var list = SeedList.Parse(parsed.GetValue(seeds)!);
            var settings = names.SelectMany(name => list.Select(seed => shared.Read(parsed, name, seed) with { KeepsCorridor = seed == list[0], KeepsMeasures = parsed.GetValue(kpi) })).ToList();
            var runs = await RunAllAsync(settings, Math.Clamp(parsed.GetValue(jobs), 1, 64), stop);
            foreach (var note in runs.Select(run => run.Summary.Note).OfType<string>().Distinct()) await Console.Error.WriteLineAsync($"trafficai: note: {note}");
            var comparison = new Comparison(
                [.. names.Select((name, i) => StrategyRuns.Of(name, [.. runs.Skip(i * list.Length).Take(list.Length)]))], ShellWords.Command(parsed));
            if (parsed.GetValue(html) is { } page) await File.WriteAllTextAsync(page, ComparisonPage.Of(comparison).Text, stop);
            await ReportAsync(comparison, parsed.GetValue(json), stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task<ImmutableArray<SimulationRun>> RunAllAsync(List<SimulationSettings> settings, int jobs, CancellationToken stop)
    {
        var runs = new SimulationRun[settings.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop };
        await Parallel.ForAsync(0, runs.Length, options, async (i, token) =>
        {
            runs[i] = await Simulator.RunAsync(settings[i], null, token);
            var count = Interlocked.Increment(ref done);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{count}/{runs.Length}  {settings[i].Strategy}, seed {settings[i].Seed}: {runs[i].Summary.DelayS:0.00} s"));
        });
        return [.. runs];
    }

    private static async Task ReportAsync(Comparison comparison, string? json, CancellationToken stop)
    {
        if (json is not null)
        {
            var text = JsonSerializer.Serialize(comparison.ToJson(), RunSummary.Json) + "\n";
            if (json == "-")
            {
                await Console.Out.WriteAsync(text);
                return;
            }

            await File.WriteAllTextAsync(json, text, stop);
        }

        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
        AnsiConsole.Write(Table(comparison));
        AnsiConsole.WriteLine($"Mean delay in s per vehicle over every vehicle scheduled, from the trip files of the street ({comparison.Common.Engine}); difference to the first with its 95 % interval, paired by seed.");
        if (FiguresTable(comparison) is { } figures) AnsiConsole.Write(figures);
    }

    /// <summary>What the trip files tell besides delays; null where they tell nothing.</summary>
    private static Table? FiguresTable(Comparison comparison)
    {
        var rows = comparison.Rows.Select(row => (row.Strategy, Figures: SideFigure.OfTrips(row, comparison.Reference))).ToList();
        if (rows.All(row => row.Figures.IsEmpty)) return null;
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("strategy");
        foreach (var figure in rows[0].Figures) table.AddColumn(new TableColumn(SideFigure.Title(figure.Name)).RightAligned());
        foreach (var (strategy, figures) in rows)
            table.AddRow([strategy, .. rows[0].Figures.Select(column => Cell(figures.FirstOrDefault(f => f.Name == column.Name), isReference: strategy == comparison.Reference.Strategy))]);
        return table;
    }

    private static string Cell(SideFigure? figure, bool isReference) => figure is null ? "–" : isReference ? Fine(figure.Mean) : WithInterval(figure);

    private static string WithInterval(SideFigure figure) => figure.Difference.HalfWidthOrNull is { } half
        ? string.Create(CultureInfo.InvariantCulture, $"{Fine(figure.Mean)} ({figure.Difference.Mean:+0.00;-0.00;0.00} ± {half:0.00})")
        : Fine(figure.Mean);

    private static string Fine(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static Table Table(Comparison comparison)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("strategy");
        foreach (var column in new[] { "mean", "difference", "worst seed", "p95", "under way", "never in", "jammed" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        var reference = comparison.Rows[0];
        foreach (var row in comparison.Rows)
        {
            var (difference, halfWidth) = row.DifferenceTo(reference);
            table.AddRow(
                row.Strategy,
                Number(row.MeanDelayS),
                row == reference ? "" : double.IsNaN(halfWidth) ? Number(difference) : $"{Number(difference)} ± {Number(halfWidth)}",
                Number(row.WorstDelayS),
                Number(row.MeanP95S),
                Number(row.MeanUnfinished),
                Number(row.MeanNeverInserted),
                string.Create(CultureInfo.InvariantCulture, $"{row.Gridlocked(reference)}/{row.Runs.Length}"));
        }

        return table;
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
