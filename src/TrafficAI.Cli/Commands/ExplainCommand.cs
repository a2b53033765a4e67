using System.CommandLine;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai explain</c>: why did an intersection show what it showed?</summary>
public static class ExplainCommand
{
    private const int MostNamed = 5;

    public static Command Create()
    {
        var logUri = new Argument<string>("LOG") { Description = "sqlite:PATH, or just PATH." };
        var intersection = new Option<string?>("--intersection") { Description = "Which one; may be left out where the log holds only one." };
        var at = new Option<string>("--at") { Description = "The street second, or HH:MM:SS.", Required = true };
        var language = new Option<string>("--language") { Description = "en, ru or kk.", DefaultValueFactory = _ => Language.All[0].Code };
        var json = new Option<string?>("--json") { Description = "Where to write the same as JSON (docs/json.md); - for standard output, instead of the words." };
        var command = new Command(
            "explain",
            """
            Say in plain words why an intersection showed what it showed: what was seen, which phases were weighed and what each would have cost,
            what was chosen, which safety rule bound, and what happened next. Needs nothing but the log.

              trafficai explain run.db --intersection centre --at 00:20:00
              trafficai explain run.db --intersection centre --at 00:20:00 --language ru
              trafficai explain run.db --intersection centre --at 00:20:00 --language kk
              trafficai explain run.db --intersection centre --at 1200 --json why.json
            """) { logUri, intersection, at, language, json };
        command.SetAction(async (parsed, stop) =>
        {
            var words = LanguageOf(parsed.GetValue(language)!);
            var second = StreetTime.Parse("--at", parsed.GetValue(at))!.Value;
            OutputFile.Check("--json", parsed.GetValue(json));
            await using var log = await Adapters.OpenLogAsync(parsed.GetValue(logUri)!, EventLogMode.OpenExisting, stop);
            var replay = await Replay.OpenAsync(log, stop);
            var model = ModelOf(replay, parsed.GetValue(intersection));
            CheckTime(replay, second);
            await WriteAsync(await Explainer.ExplainAsync(replay, model, second, stop), words, parsed.GetValue(json), stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task WriteAsync(Explanation told, Language words, string? json, CancellationToken stop)
    {
        var text = json is null ? "" : JsonSerializer.Serialize(told, ExplanationJson.Options) + "\n";
        if (json == "-")
        {
            await Console.Out.WriteAsync(text);
            return;
        }

        if (json is not null) await File.WriteAllTextAsync(json, text, stop);
        Console.Out.Write(ExplanationText.Of(told, words));
    }

    private static Language LanguageOf(string code) =>
        Language.Of(code) ?? throw new InputException($"--language: there is no '{code}'. Choose one of {string.Join(", ", Language.All.Select(l => l.Code))}.");

    private static void CheckTime(Replay replay, long second)
    {
        var header = replay.Record.Header;
        if (second < header.Begin || second >= header.End)
            throw new InputException($"--at {StreetTime.Format(second)}: the log holds {StreetTime.Format(header.Begin)} to {StreetTime.Format(header.End)}. Name a time within.");
    }

    private static IntersectionModel ModelOf(Replay replay, string? id)
    {
        var models = replay.Site.Models;
        if (id is null && models.Length == 1) return models[0];
        if (models.FirstOrDefault(m => m.Signals.Id.Value == id) is { } model) return model;
        var near = NearestNames.Of(id ?? "", [.. models.Select(m => m.Signals.Id.Value)], MostNamed);
        var named = string.Join(", ", near.Select(name => $"'{name}'"));
        if (id is null) throw new InputException($"--intersection is missing: the log holds {models.Length}. Name one, such as {named}.");
        throw new InputException($"--intersection: the log has no '{id}'. {(near.Length == 1 ? $"Did you mean {named}?" : $"The nearest are {named}.")}");
    }
}
