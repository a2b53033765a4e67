using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Network.Tests;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests;

/// <summary>A small network that <c>netgenerate</c> makes up, with signals or rights of way at random, and vehicles from anywhere to anywhere.</summary>
internal sealed class RandomStreet
{
    private const int DemandSeconds = 400;
    private static readonly string[] Junctions = ["traffic_light", "traffic_light", "priority", "allway_stop", "right_before_left"];

    private readonly byte[] netFile;
    private readonly byte[] routeFile;

    private RandomStreet(byte[] netFile, bool hasLights, Func<RoadNetwork, byte[]> drive, int seed)
    {
        (this.netFile, HasLights, Network) = (netFile, hasLights, NetworkReader.Read(netFile, "random.net.xml"));
        routeFile = drive(Network);
        Demand = DemandReader.Read(Network, [new("random.rou.xml", routeFile)], 0, DemandSeconds + 1, seed);
    }

    public RoadNetwork Network { get; }

    public StreetDemand Demand { get; }

    /// <summary>All its junctions have lights, so that nobody waits for ever for a gap.</summary>
    public bool HasLights { get; }

    public static RandomStreet Make(int number, double vehiclesPerSecond = 0.25)
    {
        var chance = new SplitMix64((ulong)number);
        var junction = Junctions[chance.NextBetween(0, Junctions.Length - 1)];
        var netFile = SumoTool.Write("netgenerate", Options(number, junction, chance));
        return new(netFile, junction == "traffic_light", network => Drive(network, vehiclesPerSecond, chance), number);
    }

    /// <summary>A grid of so many by so many junctions with lights; with stops every vehicle halts on its first edge.</summary>
    public static RandomStreet Grid(int junctions, double vehiclesPerSecond, int lanes = 2, bool withStops = false)
    {
        var options = $"--grid --grid.number {junctions} --grid.length 150 --grid.attach-length 150 --default-junction-type traffic_light --default.lanenumber {lanes}";
        return new(SumoTool.Write("netgenerate", options), true, network => Drive(network, vehiclesPerSecond, new(1), withStops), 1);
    }

    /// <summary>Seconds under way in SUMO of each vehicle that arrives there.</summary>
    public double[] DurationsInSumo(int seed, int seconds)
    {
        var trips = SumoTool.Drive($"-n net.xml -r routes.xml --end {seconds} --seed {seed}", ("net.xml", netFile), ("routes.xml", routeFile));
        return [.. XDocument.Load(new MemoryStream(trips)).Root!.Elements("tripinfo").Select(trip => (double)trip.Attribute("duration")!)];
    }

    private static string Options(int number, string junction, SplitMix64 chance)
    {
        var shape = chance.NextUnit() < 0.3
            ? $"--grid --grid.number {chance.NextBetween(2, 4)} --grid.length {chance.NextBetween(60, 200)} --grid.attach-length 100"
            : $"--rand --rand.iterations {chance.NextBetween(8, 25)} --rand.min-distance {chance.NextBetween(60, 120)}";
        var lanes = $"--default.lanenumber {chance.NextBetween(1, 3)}{(chance.NextUnit() < 0.3 ? " --random-lanenumber" : "")}";
        return $"{shape} {lanes} --seed {number} --default-junction-type {junction} --default.speed {chance.NextBetween(8, 19)} --no-turnarounds";
    }

    private static byte[] Drive(RoadNetwork network, double vehiclesPerSecond, SplitMix64 chance, bool withStops = false)
    {
        var reached = new Dictionary<int, int[]>();
        var starts = network.Edges.Where(edge => edge.Function == EdgeFunction.Normal && Reach(edge.Index).Length > 0).ToArray();
        var trips = new StringBuilder("<routes><vType id=\"car\"/><vType id=\"lorry\" length=\"10\" accel=\"1.3\" decel=\"4\" maxSpeed=\"20\"/>");
        var count = (int)(DemandSeconds * vehiclesPerSecond);
        for (var i = 0; i < count; i++)
        {
            var from = starts[chance.NextBetween(0, starts.Length - 1)];
            var to = Reach(from.Index)[chance.NextBetween(0, Reach(from.Index).Length - 1)];
            var depart = (i / vehiclesPerSecond).ToString("0.00", CultureInfo.InvariantCulture);
            var speed = chance.NextUnit() < 0.5 ? "0" : "max";
            var type = chance.NextUnit() < 0.8 ? "car" : "lorry";
            trips.Append(CultureInfo.InvariantCulture, $"<trip id=\"v{i}\" type=\"{type}\" depart=\"{depart}\" departLane=\"free\" departSpeed=\"{speed}\" ");
            trips.Append(CultureInfo.InvariantCulture, $"from=\"{from.Id.Value}\" to=\"{network.Edges[to].Id.Value}\">");
            if (withStops) trips.Append(CultureInfo.InvariantCulture, $"<stop lane=\"{from.Id.Value}_0\" startPos=\"60\" endPos=\"80\" duration=\"{5 + i % 30}\"/>");
            trips.Append("</trip>");
        }

        return Encoding.UTF8.GetBytes(trips.Append("</routes>").ToString());

        int[] Reach(int edge) => reached.TryGetValue(edge, out var known) ? known : reached[edge] = ReachedFrom(network, edge);
    }

    private static int[] ReachedFrom(RoadNetwork network, int edge)
    {
        var next = network.Connections.Where(link => !link.IsCrossing && network.Edges[network.Lanes[link.FromLane].Edge].Function == EdgeFunction.Normal)
            .ToLookup(link => network.Lanes[link.FromLane].Edge, link => network.Lanes[link.ToLane].Edge);
        var found = new SortedSet<int>();
        var open = new Stack<int>([edge]);
        while (open.TryPop(out var at))
        {
            foreach (var other in next[at]) if (found.Add(other)) open.Push(other);
        }

        found.Remove(edge);
        return [.. found];
    }
}
