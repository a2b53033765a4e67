using System.CommandLine;
using TrafficAI.Cli.Design;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai design</c>: timing sheets to print and to sign.</summary>
public static class DesignCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "A folder with one .sumocfg, or a .sumocfg." };
        var target = new Option<string>("--out") { Description = "Where to write the sheets, as one self-contained page.", Required = true };
        var intersection = new Option<string?>("--intersection") { Description = "Only these, A,B,C. Default: all." };
        var language = new Option<string>("--language") { Description = "ru, kk or en.", DefaultValueFactory = _ => SheetWords.All[0].Code };
        var command = new Command(
            "design",
            """
            Draw up signal timing sheets: phases, bar chart of the cycle, groups with their minima, matrix of intergreens, signatures.

              trafficai design simulations/almaty-abay --out sheets.html
              trafficai design simulations/almaty-abay --intersection ALA-005 --language kk --out sheet.html

            Times are those that the controllers run: the programmes of the network under the profile of signals.json, intergreens at least as the geometry asks for.
            """) { scenario, target, intersection, language };
        command.SetAction(parsed =>
        {
            OutputFile.Check("--out", parsed.GetValue(target));
            var words = SheetWords.Of(parsed.GetValue(language)!)
                ?? throw new InputException($"--language {parsed.GetValue(language)}: there are {string.Join(", ", SheetWords.All.Select(known => known.Code))}.");
            var files = ScenarioFile.Read(parsed.GetValue(scenario)!);
            var site = Site.Build(files.NetBytes, files.NetFile, ControlClass.Site, files.ReadSignals());
            var chosen = Chosen(site, parsed.GetValue(intersection));
            File.WriteAllText(parsed.GetValue(target)!, TimingSheet.Of(site, chosen, words).Text);
            Console.WriteLine($"{parsed.GetValue(target)}: {(chosen.Count == 1 ? "1 timing sheet" : $"{chosen.Count} timing sheets")}");
            return CommandLine.Done;
        });
        return command;
    }

    private static List<int> Chosen(Site site, string? names)
    {
        if (names is null) return [.. Enumerable.Range(0, site.Signals.Length)];
        return [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => site.Network.Find(new(name))?.Index
            ?? throw new InputException($"--intersection {name}: the scenario has no such light. Name one of {string.Join(", ", site.Signals.Take(5).Select(known => known.Id))}{(site.Signals.Length > 5 ? ", …" : "")}."))];
    }
}
