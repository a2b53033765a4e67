using System.CommandLine;
using System.Text.Json;
using TrafficAI.Cli.Kpi;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai study</c>: what has changed between two sets of logs, and whether it stands out.</summary>
public static class StudyCommand
{
    public static Command Create()
    {
        var before = new Argument<string[]>("BEFORE") { Description = "Logs of before: sqlite:PATH, or just PATH.", Arity = ArgumentArity.OneOrMore };
        var after = new Option<string[]>("--against") { Description = "Logs of after.", Required = true, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        var from = new Option<string?>("--from") { Description = "First street second of each log, or HH:MM:SS. Default: where it begins." };
        var to = new Option<string?>("--to") { Description = "The second after the last. Default: where it ends." };
        var intersection = new Option<string?>("--intersection") { Description = "Only this one." };
        var bin = new Option<int>("--bin") { Description = "Length of the bins in minutes, 1 to 1440.", DefaultValueFactory = _ => 5 };
        var json = new Option<string?>("--json") { Description = "Where to write the same as JSON (docs/json.md); - for standard output, instead of the table." };
        var command = new Command(
            "study",
            """
            Compare the figures of logs before and after a change, bin by bin of the day, with 95 % intervals; says plainly where a difference does not stand out.

              trafficai study monday.db tuesday.db --against monday-2.db tuesday-2.db
              trafficai study fixed.db --against adaptive.db --intersection centre --bin 15 --json study.json
            """) { before, after, from, to, intersection, bin, json };
        command.SetAction(async (parsed, stop) =>
        {
            var minutes = parsed.GetValue(bin);
            if (minutes is < 1 or > 1440) throw new InputException($"--bin {minutes}: a bin has 1 to 1440 minutes.");
            var target = parsed.GetValue(json);
            OutputFile.Check("--json", target);
            var study = await StudyRun.RunAsync(
                [.. parsed.GetValue(before)!], [.. parsed.GetValue(after)!], StreetTime.Parse("--from", parsed.GetValue(from)), StreetTime.Parse("--to", parsed.GetValue(to)),
                parsed.GetValue(intersection), 60 * minutes, stop);
            var figures = JsonSerializer.Serialize(study, RunSummary.Json) + "\n";
            if (target is not (null or "-")) await File.WriteAllTextAsync(target, figures, stop);
            await Console.Out.WriteAsync(target == "-" ? figures : StudyText.Of(study));
            return CommandLine.Done;
        });
        return command;
    }
}
