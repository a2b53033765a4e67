using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TrafficAI.Cli.Coordination;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai coordinate</c>: offsets of a corridor with the widest green bands.</summary>
public static class CoordinateCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "A folder with one .sumocfg, or a .sumocfg." };
        var corridor = new Option<string?>("--corridor")
        {
            Description = "A corridor of signals.json, or intersections in their order: A,B,C. Default: the only one of signals.json, else the road with most lights.",
        };
        var cycle = new Option<int?>("--cycle") { Description = "Common cycle, s. Default: the longest of the junctions' plans. Who has half of it runs double." };
        var speed = new Option<double?>("--speed") { Description = "Speed of the green wave, km/h. Default: the speed limits." };
        var classes = new Option<string>("--class") { Description = "Constraints: site, R+ or S.", DefaultValueFactory = _ => "site" };
        classes.AcceptOnlyFromAmong("site", "R", "R+", "S");
        var target = new Option<string?>("--out") { Description = "Where to write the programmes with their offsets, as an additional file of SUMO; for --programs." };
        var command = new Command(
            "coordinate",
            """
            Find the offsets of a corridor with the widest green bands in both directions.

              trafficai coordinate simulations/corridor --out offsets.add.xml
              trafficai simulate simulations/corridor --strategy fixed --programs offsets.add.xml
            """) { scenario, corridor, cycle, speed, classes, target };
        command.SetAction(async (parsed, stop) =>
        {
            OutputFile.Check("--out", parsed.GetValue(target));
            var file = ScenarioFile.Read(parsed.GetValue(scenario)!);
            var controlClass = ScenarioOptions.ClassOf(parsed.GetValue(classes)!);
            var site = Site.Build(file.NetBytes, file.NetFile, controlClass, file.ReadSignals());
            var model = CorridorModel.Build(site, CorridorChoice.Of(site, parsed.GetValue(corridor)), controlClass, parsed.GetValue(cycle), parsed.GetValue(speed) / 3.6);
            var watch = Stopwatch.StartNew();
            var solved = MaximumBandwidth.Solve(model.Problem);
            Console.Out.Write(CoordinationText.Of(model, solved));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  together  {100.0 * solved.Value / Math.Max(1, solved.ValueBound):0.0} % of the bound; no offsets in whole seconds give more (searched in {watch.Elapsed.TotalMilliseconds:0} ms)"));
            if (parsed.GetValue(target) is { } path) await File.WriteAllTextAsync(path, ProgramFile.Of(model, solved.Offsets), stop);
            return CommandLine.Done;
        });
        return command;
    }
}
