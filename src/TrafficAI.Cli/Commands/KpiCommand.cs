using System.CommandLine;
using System.Globalization;
using System.Text;
using TrafficAI.Cli.Kpi;
using TrafficAI.Cli.Report;
using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Explain;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai kpi</c>: computes the published figures again, from nothing but a log.</summary>
public static class KpiCommand
{
    public static Command Create()
    {
        var logUri = new Argument<string>("LOG") { Description = "sqlite:PATH, or just PATH; or a list of high-resolution events, FILE.csv." };
        var from = new Option<string?>("--from") { Description = "First street second, or HH:MM:SS. Default: where the log begins." };
        var to = new Option<string?>("--to") { Description = "The second after the last. Default: where the log ends." };
        var intersection = new Option<string?>("--intersection") { Description = "Only this one." };
        var bin = new Option<int>("--bin") { Description = "Length of the bins in minutes, 1 to 1440.", DefaultValueFactory = _ => MeasureWindow.DefaultBinSeconds / 60 };
        var language = new Option<string>("--language") { Description = "en, ru or kk.", DefaultValueFactory = _ => Language.All[0].Code };
        var json = new Option<string?>("--json") { Description = "Where to write everything as JSON (docs/json.md); - for standard output, instead of the table." };
        var csv = new Option<string?>("--csv") { Description = "Where to write everything as a table for spreadsheets; - for standard output, instead of the table." };
        var html = new Option<string?>("--html") { Description = "Where to write a report to print: the figures and how each is made, on one page that fetches nothing." };
        var pdf = new Option<string?>("--pdf") { Description = "Where to print the report to, by Chromium if it is installed." };
        var events = new Option<string?>("--events") { Description = "Where to write the log as a list of high-resolution events (Indiana's codes), and what its channels are beside it." };
        var diagrams = new Option<string?>("--diagrams") { Description = "Where to write Purdue's coordination diagrams as a table: cycles and arrivals of each lane." };
        var import = new Option<bool>("--import") { Description = "LOG is a list of high-resolution events, whatever its name." };
        var command = new Command(
            "kpi",
            """
            Compute the published figures again, from nothing but a log: each with its formula (docs/measures.md), and how much of the time it rests on.

              trafficai kpi run.db
              trafficai kpi run.db --from 07:00:00 --to 09:00:00 --language ru
              trafficai kpi run.db --intersection centre --bin 5 --json kpi.json
              trafficai kpi run.db --language kk --html report.html --pdf report.pdf
              trafficai kpi run.db --events run.csv                  for tools that read event lists
              trafficai kpi run.csv                                  what such a list tells, of any controller
            """) { logUri, from, to, intersection, bin, language, json, csv, html, pdf, events, diagrams, import };
        command.SetAction(async (parsed, stop) =>
        {
            var minutes = parsed.GetValue(bin);
            if (minutes is < 1 or > 1440) throw new InputException($"--bin {minutes}: a bin has 1 to 1440 minutes.");
            foreach (var option in new[] { json, csv, html, pdf, events, diagrams }) OutputFile.Check(option.Name, parsed.GetValue(option));
            var order = new Order(
                parsed.GetValue(logUri)!, StreetTime.Parse("--from", parsed.GetValue(from)), StreetTime.Parse("--to", parsed.GetValue(to)), parsed.GetValue(intersection), 60 * minutes,
                WordsOf(parsed.GetValue(language)!), parsed.GetValue(json), parsed.GetValue(csv), parsed.GetValue(events), parsed.GetValue(diagrams))
            {
                Html = parsed.GetValue(html),
                Pdf = parsed.GetValue(pdf),
            };
            if (order.Pdf == "-") throw new InputException("--pdf -: a printed report goes into a file. Name one.");
            await (parsed.GetValue(import) || IsList(order.Log) ? ImportAsync(order, stop) : RunAsync(order, stop));
            return CommandLine.Done;
        });
        return command;
    }

    private static bool IsList(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static async Task RunAsync(Order order, CancellationToken stop)
    {
        if (order.Events == "-") throw new InputException("--events -: a list goes into a file, with its channels beside it. Name one.");
        var measured = await MeasuredLog.ReadAsync(order.Log, order.From, order.To, order.Intersection, order.BinSeconds, stop);
        await WriteAsync(order, measured.Site, measured.Origin(order.BinSeconds), measured.Measures.Site.File, measured.Measures.Site.File.Start, stop);
        if (order.Diagrams is { } diagrams) await OutAsync(diagrams, DiagramCsv.Of(measured.Measures, measured.Site.From, measured.Site.To), stop);
        if (order.Events is not { } path) return;
        await using var log = await Adapters.OpenLogAsync(order.Log, EventLogMode.OpenExisting, stop);
        var written = await EventListFile.ExportAsync(log, measured.Measures.Site, order.From ?? long.MinValue, order.To ?? long.MaxValue, order.Intersection, path, stop);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {written} events"));
    }

    private static async Task ImportAsync(Order order, CancellationToken stop)
    {
        if ((order.Events ?? order.Diagrams) is not null) throw new InputException($"{(order.Events is null ? "--diagrams" : "--events")}: LOG is a list of events. Give a log.");
        var site = await EventListFile.MeasureAsync(order.Log, order.From, order.To, order.Intersection, order.BinSeconds, stop);
        await WriteAsync(order, site, new(RunHeader.ThisBuild, Path.GetFileName(order.Log), order.BinSeconds), SignalsFile.None, null, stop);
    }

    private static async Task WriteAsync(Order order, SiteMeasures site, MeasureOrigin origin, SignalsFile file, Instant? start, CancellationToken stop)
    {
        if (order.Json is { } json) await OutAsync(json, Encoding.UTF8.GetString(MeasuresJson.Write(site, origin, file, order.Words)) + "\n", stop);
        if (order.Csv is { } csv) await OutAsync(csv, KpiCsv.Of(site), stop);
        if (order.Html is not null || order.Pdf is not null) await ReportAsync(order, KpiPage.Of(site, origin, file, order.Words, order.Again(site), start), stop);
        if (order.Json != "-" && order.Csv != "-" && order.Diagrams != "-" && order.Html != "-") await Console.Out.WriteAsync(KpiText.Of(site, origin.Scenario, file, order.Words));
    }

    private static async Task ReportAsync(Order order, Markup page, CancellationToken stop)
    {
        if (order.Html is { } html) await OutAsync(html, page.Text, stop);
        if (order.Pdf is { } pdf) await PdfFile.WriteAsync(pdf, page, stop);
    }

    private static async Task OutAsync(string path, string text, CancellationToken stop)
    {
        if (path == "-") await Console.Out.WriteAsync(text);
        else await File.WriteAllTextAsync(path, text, stop);
    }

    private static MeasureWords WordsOf(string code) =>
        MeasureWords.Of(code) ?? throw new InputException($"--language: there is no '{code}'. Choose one of {string.Join(", ", Language.All.Select(l => l.Code))}.");

    private sealed record Order(
        string Log, long? From, long? To, string? Intersection, int BinSeconds, MeasureWords Words, string? Json, string? Csv, string? Events, string? Diagrams)
    {
        public string? Html { get; init; }

        public string? Pdf { get; init; }

        /// <summary>What computes the same figures again.</summary>
        public string Again(SiteMeasures site) =>
            $"trafficai kpi {Adapters.Shown(Log)} --from {StreetTime.Format(site.From)} --to {StreetTime.Format(site.To)}{(Intersection is null ? "" : $" --intersection {Intersection}")}";
    }
}
