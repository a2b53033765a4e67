using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TrafficAI.Import;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Table;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai import</c>: a scenario from other people's data.</summary>
public sealed class ImportCommand
{
    private const double LeastReach = 60;
    private const double MostReach = 2000;

    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Roads: GeoJSON, OpenStreetMap XML (.osm), each plain or gzip, or a zipped shapefile.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> signals = new("--signals") { Description = "The junction table (CSV): where lights stand, and how that is known.", Required = true };

    private readonly Option<string> target = new("--out") { Description = "Folder for the network and signals.json; it is made where it is missing.", Required = true };

    private readonly Option<string?> name = new("--name") { Description = "What to call the network file. Default: as the folder." };

    private readonly Option<string?> junctions = new("--junctions") { Description = "Ids of the table, A,B,C. Default: all whose light is documented or inferred." };

    private readonly Option<string?> box = new("--box") { Description = "Only junctions within west,south,east,north in degrees." };

    private readonly Option<double> reach = new("--reach") { Description = "How far streets are followed from a light, 60 to 2000 m.", DefaultValueFactory = _ => 250 };

    private readonly Option<string?> busLanes = new("--bus-lanes") { Description = "Lanes for buses (CSV): street, junctions, bus (along, against, both), source." };

    private readonly Option<string?> counts = new("--counts") { Description = "Vehicles per hour over the junctions (CSV): from, to, vehicles. The programmes are Webster's on them; else every lane counts the same." };

    private readonly Option<string[]> corridors = new("--corridor") { Description = "A corridor for signals.json, ID=A,B,C; may be repeated.", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var self = new ImportCommand();
        var osm = new Command(
            "osm",
            """
            Make a network with lights of OpenStreetMap's roads and a table of junctions.

              trafficai import osm roads.geojson --signals junctions.csv --junctions ALA-005,ALA-041,ALA-003 --out abay

            Writes FOLDER/NAME.net.xml and FOLDER/signals.json, NAME being the folder's. Streets are followed from the lights; what is not known of them (lanes, speed
            limits) is assumed and flagged. Needs netconvert of SUMO. Data of OpenStreetMap: say "© OpenStreetMap contributors, ODbL 1.0" wherever it shows.
            """) { self.files, self.signals, self.target, self.name, self.junctions, self.box, self.reach, self.busLanes, self.counts, self.corridors };
        osm.SetAction(parsed => self.Run(parsed));
        return new("import", "Make a scenario of other people's data.") { osm };
    }

    private int Run(ParseResult parsed)
    {
        var folder = parsed.GetValue(target)!;
        var result = OsmImport.Run(Order(parsed));
        Directory.CreateDirectory(folder);
        var stem = parsed.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        OsmImport.Write(Path.Combine(folder, $"{stem}.net.xml"), result.Network);
        OsmImport.Write(Path.Combine(folder, SignalsFile.FileName), result.Signals);
        Tell(folder, result);
        return CommandLine.Done;
    }

    private OsmOrder Order(ParseResult parsed)
    {
        var metres = parsed.GetValue(reach);
        if (metres is not (>= LeastReach and <= MostReach)) throw new InputException("--reach must be from 60 to 2000 m.");
        return new(
            [.. parsed.GetValue(files)!], parsed.GetValue(signals)!, Words(parsed.GetValue(junctions)), Box(parsed.GetValue(box)), metres,
            parsed.GetValue(busLanes), parsed.GetValue(counts), [.. parsed.GetValue(corridors)!]);
    }

    private static ImmutableArray<string> Words(string? list) => list is null ? [] : [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static (double West, double South, double East, double North)? Box(string? text)
    {
        if (text is null) return null;
        var sides = Words(text).Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray();
        return sides is [var west, var south, var east, var north] && west < east && south < north
            ? (west, south, east, north)
            : throw new InputException($"--box {text}: write west,south,east,north in degrees, such as 76.93,43.24,76.96,43.25.");
    }

    private static void Tell(string folder, OsmImport.Result result)
    {
        var plain = result.Plain;
        var lights = plain.Nodes.Select(node => node.Junction).OfType<SiteJunction>().ToList();
        Console.WriteLine($"{folder}: {plain.Edges.Length} edges, {lights.Count} lights ({lights.Count(light => light.Status == SignalStatus.Documented)} documented, "
            + $"{lights.Count(light => light.Status != SignalStatus.Documented)} inferred), lanes known of {plain.Edges.Count(edge => edge.LaneKnowledge == Knowledge.Known)} edges, "
            + $"speed limits of {plain.Edges.Count(edge => edge.SpeedKnowledge == Knowledge.Known)}, {plain.Crossings.Length} crossings");
        foreach (var light in result.Lights)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {light.Id}: {light.Phases} phases, saturation {light.Saturation:0.00}, cycle {light.CycleSeconds} s"));
        foreach (var note in plain.Notes.Concat(result.Warnings)) Console.WriteLine($"  {note}");
        Console.WriteLine("  © OpenStreetMap contributors, ODbL 1.0");
    }
}
