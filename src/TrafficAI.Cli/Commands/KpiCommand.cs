using System.CommandLine;
using System.Text;
using TrafficAI.Cli.Kpi;
using TrafficAI.Measures;
using TrafficAI.Runtime.Explain;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai kpi</c>: computes the published figures again, from nothing but a log.</summary>
public static class KpiCommand
{
    public static Command Create()
    {
        var logUri = new Argument<string>("LOG") { Description = "sqlite:PATH, or just PATH." };
        var from = new Option<string?>("--from") { Description = "First street second, or HH:MM:SS. Default: where the log begins." };
        var to = new Option<string?>("--to") { Description = "The second after the last. Default: where the log ends." };
        var intersection = new Option<string?>("--intersection") { Description = "Only this one." };
        var bin = new Option<int>("--bin") { Description = "Length of the bins in minutes, 1 to 1440.", DefaultValueFactory = _ => MeasureWindow.DefaultBinSeconds / 60 };
        var language = new Option<string>("--language") { Description = "en, ru or kk.", DefaultValueFactory = _ => Language.All[0].Code };
        var json = new Option<string?>("--json") { Description = "Where to write everything as JSON (docs/json.md); - for standard output, instead of the table." };
        var csv = new Option<string?>("--csv") { Description = "Where to write everything as a table for spreadsheets; - for standard output, instead of the table." };
        var command = new Command(
            "kpi",
            """
            Compute the published figures again, from nothing but a log: each with its formula (docs/measures.md), and how much of the time it rests on.

              trafficai kpi run.db
              trafficai kpi run.db --from 07:00:00 --to 09:00:00 --language ru
              trafficai kpi run.db --intersection centre --bin 5 --json kpi.json
            """) { logUri, from, to, intersection, bin, language, json, csv };
        command.SetAction(async (parsed, stop) =>
        {
            var words = WordsOf(parsed.GetValue(language)!);
            var minutes = parsed.GetValue(bin);
            if (minutes is < 1 or > 1440) throw new InputException($"--bin {minutes}: a bin has 1 to 1440 minutes.");
            foreach (var option in new[] { json, csv }) OutputFile.Check(option.Name, parsed.GetValue(option));
            var measured = await MeasuredLog.ReadAsync(
                parsed.GetValue(logUri)!, StreetTime.Parse("--from", parsed.GetValue(from)), StreetTime.Parse("--to", parsed.GetValue(to)),
                parsed.GetValue(intersection), 60 * minutes, stop);
            await WriteAsync(measured, words, 60 * minutes, parsed.GetValue(json), parsed.GetValue(csv), stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task WriteAsync(MeasuredLog measured, MeasureWords words, int binSeconds, string? json, string? csv, CancellationToken stop)
    {
        var file = measured.Measures.Site.File;
        if (json is not null) await OutAsync(json, Encoding.UTF8.GetString(MeasuresJson.Write(measured.Site, measured.Origin(binSeconds), file, words)) + "\n", stop);
        if (csv is not null) await OutAsync(csv, KpiCsv.Of(measured.Site), stop);
        if (json != "-" && csv != "-") await Console.Out.WriteAsync(KpiText.Of(measured.Site, measured.Record.Header.Scenario, file, words));
    }

    private static async Task OutAsync(string path, string text, CancellationToken stop)
    {
        if (path == "-") await Console.Out.WriteAsync(text);
        else await File.WriteAllTextAsync(path, text, stop);
    }

    private static MeasureWords WordsOf(string code) =>
        MeasureWords.Of(code) ?? throw new InputException($"--language: there is no '{code}'. Choose one of {string.Join(", ", Language.All.Select(l => l.Code))}.");
}
