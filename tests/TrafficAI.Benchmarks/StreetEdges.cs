using System.Globalization;
using System.Xml;

namespace TrafficAI.Benchmarks;

/// <summary>Counts and queues of each edge on the built-in street with the programme of the file, beside SUMO's.</summary>
internal static class StreetEdges
{
    private const double LeastQueue = 5;
    private const double Near = 0.2;

    /// <summary>Prints GEH of the mean counts, and which longest queues, as means of all seeds, differ by more than a fifth.</summary>
    public static void Compare(string path, int firstSeed, int lastSeed)
    {
        var seeds = Enumerable.Range(firstSeed, lastSeed - firstSeed + 1).ToArray();
        var (ours, theirs) = (seeds.Select(seed => Drive(path, seed)).ToArray(), seeds.Select(seed => Sumo(path, seed)).ToArray());
        var edges = theirs.SelectMany(tally => tally.Edges).Distinct().Order(StringComparer.Ordinal).ToArray();
        var counts = edges.Select(edge => (Edge: edge, Ours: ours.Average(tally => tally.Vehicles(edge)), Theirs: theirs.Average(tally => tally.Vehicles(edge)))).ToArray();
        var worst = counts.MaxBy(count => Geh(count.Ours, count.Theirs));
        var queues = edges.Select(edge => new Queue(edge, ours.Average(tally => tally.Queue(edge)), theirs.Average(tally => tally.Queue(edge))))
            .Where(queue => queue.Counts).ToArray();
        var single = edges.SelectMany(edge => ours.Zip(theirs, (own, its) => new Queue(edge, own.Queue(edge), its.Queue(edge)))).Where(queue => queue.Counts).ToArray();
        Say($"{Path.GetFileNameWithoutExtension(path)}, seeds {firstSeed} to {lastSeed}: GEH below 5 on {counts.Count(count => Geh(count.Ours, count.Theirs) < 5)} of {edges.Length} edges,");
        Say($"  at most {Geh(worst.Ours, worst.Theirs):0.0} (on {worst.Edge}: {worst.Ours:0.0} vehicles, SUMO {worst.Theirs:0.0});");
        Say($"  longest queues of {LeastQueue:0} vehicles or more within {Near:0 %} of SUMO's: means on {queues.Count(queue => queue.IsNear)} of {queues.Length} edges,");
        Say($"  of single runs {single.Count(queue => queue.IsNear)} of {single.Length}");
        foreach (var queue in queues.Where(queue => !queue.IsNear)) Say($"  {queue.Edge}: {queue.Ours:0.0}, SUMO {queue.Theirs:0.0}");
    }

    private readonly record struct Queue(string Edge, double Ours, double Theirs)
    {
        public bool Counts => Theirs >= LeastQueue;

        public bool IsNear => Math.Abs(Ours - Theirs) <= Near * Theirs;
    }

    /// <summary>The usual measure of counts of an hour; below 5 is good.</summary>
    private static double Geh(double one, double other) => one + other == 0 ? 0 : Math.Sqrt(2 * (one - other) * (one - other) / (one + other));

    private static EdgeTally Drive(string path, int seed)
    {
        var (network, demand, scenario) = StreetRuns.Read(path, seed);
        var street = StreetRuns.Make(network, demand, scenario, seed, 1);
        var tally = new EdgeTally();
        while (street.NowSeconds < scenario.End)
        {
            street.SetProgramLights();
            street.Step();
            for (var lane = 0; lane < network.Lanes.Length; lane++)
            {
                if (street.State.Map.Lanes[lane].IsInside) continue;
                foreach (var slot in street.State.On(lane))
                {
                    ref readonly var car = ref street.State.Cars[slot];
                    tally.See(network.Edges[network.Lanes[lane].Edge].Id.Value, demand.Vehicles[car.Vehicle].Id, car.Speed);
                }
            }

            tally.EndSecond();
        }

        return tally;
    }

    private static EdgeTally Sumo(string path, int seed)
    {
        var positions = Path.GetTempFileName();
        try
        {
            Whole.Time(Whole.Sumo(
                "-c", path, "--seed", seed.ToString(CultureInfo.InvariantCulture), "--xml-validation", "never", "--no-step-log", "true", "--no-warnings", "true",
                "--time-to-teleport", "-1", "--fcd-output", positions));
            return Read(positions);
        }
        finally
        {
            File.Delete(positions);
        }
    }

    private static EdgeTally Read(string positions)
    {
        var tally = new EdgeTally();
        using var reader = XmlReader.Create(positions);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.EndElement, Name: "timestep" }) tally.EndSecond();
            if (reader is not { NodeType: XmlNodeType.Element, Name: "vehicle" }) continue;
            var lane = reader.GetAttribute("lane")!;
            if (lane.StartsWith(':')) continue;
            tally.See(lane[..lane.LastIndexOf('_')], reader.GetAttribute("id")!, double.Parse(reader.GetAttribute("speed")!, CultureInfo.InvariantCulture));
        }

        return tally;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
