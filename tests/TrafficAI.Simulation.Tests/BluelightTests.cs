using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Network.Tests;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests;

/// <summary>Emergency vehicles at a junction with lights, with SUMO's device <c>bluelight</c> and without, beside SUMO's own.</summary>
public sealed class BluelightTests
{
    private const int Seconds = 1800;
    private const string Blue = """<param key="has.bluelight.device" value="true"/>""";
    private const string Plain = """<param key="has.bluelight.device" value="false"/>""";
    private static readonly string[] Arms = ["left0", "top0", "right0", "bottom0"];

    [Theory]
    [InlineData(Blue, "", true)]
    [InlineData("", Blue, true)]
    [InlineData(Blue, Plain, false)]
    [InlineData("", "", false)]
    public void They_pass_reds_with_blue_light_alone_and_are_as_fast_as_in_Sumo(string ofType, string ofVehicle, bool passesReds)
    {
        var netFile = SumoTool.Write("netgenerate", "--grid --grid.number 1 --grid.attach-length 300 --default-junction-type traffic_light --default.lanenumber 2");
        var routes = Encoding.UTF8.GetBytes(Routes(ofType, ofVehicle));
        var network = NetworkReader.Read(netFile, "net.xml");
        var demand = DemandReader.Read(network, [new("routes.xml", routes)], 0, Seconds, 1);
        var trips = Drive(network, demand);
        var sumo = XDocument.Load(new MemoryStream(SumoTool.Drive($"-n net.xml -r routes.xml --end {Seconds} --seed 1", ("net.xml", netFile), ("routes.xml", routes)))).Root!
            .Elements("tripinfo").ToLookup(trip => trip.Attribute("vType")!.Value.StartsWith("ambulance", StringComparison.Ordinal), trip => (double)trip.Attribute("duration")!);
        foreach (var kind in (bool[])[true, false])
        {
            Assert.Equal(sumo[kind].Count(), trips[kind].Count());
            Assert.InRange(trips[kind].Average(trip => trip.Duration) / sumo[kind].Average(), 0.95, 1.05);
        }

        var loss = trips[true].Average(trip => trip.TimeLoss);
        if (passesReds) Assert.InRange(loss, 1, 7);
        else Assert.InRange(loss, 16, 22);
    }

    private static ILookup<bool, TripResult> Drive(RoadNetwork network, StreetDemand demand)
    {
        var street = new Street(network, demand, new(1));
        var invariants = new Invariants(street, demand, 0);
        while (street.NowSeconds < Seconds)
        {
            street.SetProgramLights();
            invariants.Before();
            street.Step();
            Assert.True(invariants.Complaint() is not { } wrong, $"second {street.NowSeconds}: {invariants.Complaint()}");
        }

        return demand.Vehicles.Select((_, i) => street.Trip(i)).Where(trip => trip.Arrival >= 0)
            .ToLookup(trip => demand.Types[demand.Vehicles[trip.Vehicle].Type].Class == VehicleClasses.Emergency);
    }

    /// <summary>From each arm cars to all others, straight on every 10 s and to the sides every 30 s, and an ambulance straight on every 100 s.</summary>
    private static string Routes(string ofType, string ofVehicle)
    {
        var text = new StringBuilder($"""<routes><vType id="car"/><vType id="ambulance" vClass="emergency" speedFactor="1.2">{ofType}</vType>""");
        for (var arm = 0; arm < 4; arm++)
        {
            for (var turn = 1; turn <= 3; turn++)
                text.Append(CultureInfo.InvariantCulture, $"""{Flow($"{arm}.{turn}", "car", 3 * arm + turn, turn == 2 ? 10 : 30, arm, turn)}/>""");
            text.Append(CultureInfo.InvariantCulture, $"""{Flow($"ambulance.{arm}", "ambulance", 20 + 25 * arm, 100, arm, 2)}>{ofVehicle}</flow>""");
        }

        return text.Append("</routes>").ToString();
    }

    private static string Flow(string id, string type, int begin, int period, int from, int turn) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<flow id="{id}" type="{type}" begin="{begin}" end="900" period="{period}" from="{Arms[from]}A0" to="A0{Arms[(from + turn) % 4]}" departLane="best" departSpeed="max" """);
}
