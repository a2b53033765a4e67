using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using TrafficAI.Cli.Coordination;
using TrafficAI.Cli.Report;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai coordinate</c>: offsets of a corridor with the widest green bands, refined on measured arrivals.</summary>
public sealed class CoordinateCommand
{
    private readonly ScenarioOptions shared = new();

    private readonly Option<string?> corridor = new("--corridor")
    {
        Description = "A corridor of signals.json, or intersections in their order: A,B,C. Default: the only one of signals.json, else the road with most lights.",
    };

    private readonly Option<int?> cycle = new("--cycle")
    {
        Description = "Common cycle, 10 to 600 s. Default: the longest of the junctions' plans. Who has half of it runs double; other plans are lengthened or shortened.",
    };

    private readonly Option<double?> speed = new("--speed") { Description = "Speed of the green wave, 5 to 150 km/h. Default: the speed limits." };

    private readonly Option<bool> balanced = new("--balanced") { Description = "Make the narrower band as wide as possible first; the widest sum may leave one direction without." };

    private readonly Option<string?> log = new("--log") { Description = "A recorded run: its counts weigh the two directions. Default: both weigh the same." };

    private readonly Option<bool> noRefine = new("--no-refine") { Description = "Only compute; do not drive the offsets in the simulator." };

    private readonly Option<string> seeds = new("--seeds") { Description = "Seeds to drive: 1-3, or 1,4,9-12.", DefaultValueFactory = _ => "1-3" };

    private readonly Option<int> jobs = new("--jobs") { Description = "Runs at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };

    private readonly Option<string?> target = new("--out") { Description = "Where to write the programmes with their offsets, as an additional file of SUMO, for --programs." };

    private readonly Option<string?> html = new("--html") { Description = "Where to write the time-space diagram as one self-contained page." };

    private readonly Option<string?> json = new("--json") { Description = "Where to write all figures as JSON (docs/json.md); - for standard output." };

    public static Command Create()
    {
        var self = new CoordinateCommand();
        var command = new Command(
            "coordinate",
            """
            Find the offsets of a corridor with the widest green bands in both directions, then refine them on measured arrivals.

              trafficai coordinate simulations/corridor --no-refine                             what greens and distances allow
              trafficai coordinate simulations/corridor --out offsets.add.xml --html wave.html  measured too, over seeds 1-3
              trafficai coordinate simulations/corridor --corridor J2,J3,J4 --cycle 80 --speed 45 --balanced
              trafficai simulate simulations/corridor --strategy fixed --programs offsets.add.xml

            The bands are the widest that whole-second offsets can give; the bound says what no offsets could exceed.
            """);
        command.Arguments.Add(self.shared.Scenario);
        foreach (var option in new Option[]
        {
            self.corridor, self.cycle, self.speed, self.balanced, self.log, self.noRefine, self.seeds, self.jobs, self.target, self.html, self.json,
            self.shared.Engine, self.shared.Class, self.shared.Scale, self.shared.Begin, self.shared.End,
        }) command.Options.Add(option);
        command.SetAction(self.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        CheckOutputs(parsed);
        var settings = Settings(parsed);
        var scenario = ScenarioFile.Read(settings.Scenario, settings.Begin, settings.End);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, settings.Class, scenario.ReadSignals());
        var model = await ModelAsync(parsed, site, settings.Class, stop);
        var watch = Stopwatch.StartNew();
        var widest = MaximumBandwidth.Solve(model.Problem, parsed.GetValue(balanced));
        var searched = watch.Elapsed;
        var refiner = new Refiner(model, site.Network, settings, SeedList.Parse(parsed.GetValue(seeds)!), Math.Clamp(parsed.GetValue(jobs), 1, 64));
        var refinement = parsed.GetValue(noRefine) ? null : await refiner.RunAsync(widest.Offsets, stop);
        var result = new CoordinationResult(
            model, settings.Scenario, ScenarioOptions.NameOf(settings.Class), parsed.GetValue(balanced), widest, refinement, ShellWords.Command(parsed));
        await WriteAsync(parsed, result, CoordinationText.Of(result, searched), stop);
        return CommandLine.Done;
    }

    private void CheckOutputs(ParseResult parsed)
    {
        foreach (var option in new[] { target, html, json }) OutputFile.Check(option.Name, parsed.GetValue(option));
        foreach (var option in new[] { target, html })
            if (parsed.GetValue(option) == "-") throw new InputException($"{option.Name} -: this goes into a file. Name one.");
    }

    private SimulationSettings Settings(ParseResult parsed) => new()
    {
        Scenario = parsed.GetValue(shared.Scenario)!,
        Engine = parsed.GetValue(shared.Engine)!,
        Strategy = "fixed",
        Class = ScenarioOptions.ClassOf(parsed.GetValue(shared.Class)!),
        Sensing = Sensing.Full,
        LatencySeconds = 0,
        Seed = 0,
        Scale = ScenarioOptions.CheckedScale(parsed.GetValue(shared.Scale)),
        Begin = StreetTime.Parse("--begin", parsed.GetValue(shared.Begin)),
        End = StreetTime.Parse("--end", parsed.GetValue(shared.End)),
    };

    private async Task<CorridorModel> ModelAsync(ParseResult parsed, Site site, ControlClass controlClass, CancellationToken stop)
    {
        var common = parsed.GetValue(cycle) is { } seconds ? (int?)ScenarioOptions.InRange("--cycle", seconds, 10, 600) : null;
        if (parsed.GetValue(speed) is { } kilometres && kilometres is not (>= 5 and <= 150)) throw new InputException("--speed must be from 5 to 150 km/h.");
        var model = CorridorModel.Build(site, CorridorChoice.Of(site, parsed.GetValue(corridor)), controlClass, common, parsed.GetValue(speed) / 3.6);
        if (parsed.GetValue(log) is not { } uri) return model;
        var (outbound, inbound) = await ArrivalReader.CountAsync(uri, model, stop);
        return outbound + inbound > 0 ? model.Weighted(outbound, inbound) : throw new InputException($"--log {Adapters.Shown(uri)}: nobody drove along the corridor. Give another log, or none.");
    }

    private async Task WriteAsync(ParseResult parsed, CoordinationResult result, string text, CancellationToken stop)
    {
        if (parsed.GetValue(target) is { } programs) await File.WriteAllTextAsync(programs, ProgramFile.Of(result.Corridor, result.Kept.Offsets), stop);
        if (parsed.GetValue(html) is { } page) await File.WriteAllTextAsync(page, CoordinationPage.Of(result).Text, stop);
        var figures = JsonSerializer.Serialize(result.ToJson(), RunSummary.Json) + "\n";
        if (parsed.GetValue(json) is { } file and not "-") await File.WriteAllTextAsync(file, figures, stop);
        await Console.Out.WriteAsync(parsed.GetValue(json) == "-" ? figures : text);
    }
}
