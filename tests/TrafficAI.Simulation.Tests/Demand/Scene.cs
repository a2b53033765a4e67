using System.Text;
using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests.Demand;

/// <summary>The committed scenarios and small demand files, as the tests read them.</summary>
internal static class Scene
{
    public static RoadNetwork FourArm { get; } = NetworkReader.Read(Bytes("four-arm.net.xml"), "four-arm.net.xml");

    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Scene).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static DemandFile File(string name) => new(name, Bytes(name), name.EndsWith(".add.xml", StringComparison.Ordinal));

    /// <summary>The fixture that has something of everything.</summary>
    public static StreetDemand Fixture(long begin = 0, long end = 3600, int seed = 1) =>
        DemandReader.Read(FourArm, [File("stops.add.xml"), File("demand.rou.xml")], begin, end, seed);

    /// <summary>What these elements ask for at the four-arm junction.</summary>
    public static StreetDemand Read(string elements, long begin = 0, long end = 3600, int seed = 1) =>
        DemandReader.Read(FourArm, [new("test.rou.xml", Encoding.UTF8.GetBytes($"<routes>\n{elements}\n</routes>"))], begin, end, seed);

    public static VehicleDemand Vehicle(this StreetDemand demand, string id) => demand.Vehicles.Single(vehicle => vehicle.Id == id);

    public static VehicleType TypeOf(this StreetDemand demand, string id) => demand.Types[demand.Vehicle(id).Type];

    public static double[] Departures(this StreetDemand demand, string flow) =>
        [.. demand.Vehicles.Where(vehicle => vehicle.Id.StartsWith($"{flow}.", StringComparison.Ordinal)).Select(vehicle => vehicle.DepartSeconds)];

    public static string Edges(this RoadNetwork network, IEnumerable<int> route) => string.Join(' ', route.Select(edge => network.Edges[edge].Id.Value));
}
