using System.Globalization;
using System.Xml.Linq;
using TrafficAI.Signals;

namespace TrafficAI.Sumo.Tests;

public sealed class DemandScalingTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.35)]
    [InlineData(3.0)]
    public void Each_vehicle_stands_as_often_as_the_factor_says(double factor)
    {
        using var street = TestStreet.Grid(600, 0.5, 2);
        var original = Vehicles(street.File("street.rou.xml"));
        var scaled = Vehicles(Scale(street, factor, 1, "scaled.rou.xml"));
        Assert.Equal(original.Count * factor, scaled.Count, 3 * Math.Sqrt(original.Count) * 0.5);
        Assert.Distinct(scaled.Select(v => v.Attribute("id")!.Value));
        Assert.Equal(scaled.Select(Depart).Order(), scaled.Select(Depart));
        var known = original.ToDictionary(v => v.Attribute("id")!.Value, StringComparer.Ordinal);
        foreach (var vehicle in scaled)
        {
            var parts = vehicle.Attribute("id")!.Value.Split(".copy");
            Assert.InRange(Depart(vehicle) - Depart(known[parts[0]]), parts.Length == 1 ? 0 : 0.99, parts.Length == 1 ? 0 : 30.01);
            Assert.Equal(known[parts[0]].Attribute("to")!.Value, vehicle.Attribute("to")!.Value);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_seed_another()
    {
        using var street = TestStreet.Grid(300, 0.5, 2);
        var first = File.ReadAllBytes(Scale(street, 1.5, 1, "a.rou.xml"));
        Assert.Equal(first, File.ReadAllBytes(Scale(street, 1.5, 1, "b.rou.xml")));
        Assert.NotEqual(first, File.ReadAllBytes(Scale(street, 1.5, 2, "c.rou.xml")));
    }

    [Fact]
    public void A_scaled_run_keeps_its_routes_beside_the_trip_file_and_scores_them_all()
    {
        using var street = TestStreet.Grid(120, 1, 2);
        using var engine = new SumoEngine(street.Options(Sensing.Loops, 1, "trips.xml") with { Scale = 1.5 });
        while (!engine.Finished)
            engine.Step();
        Assert.Equal([street.File("trips.xml.scaled.rou.xml")], engine.Scenario.RouteFiles);
        var scheduled = Vehicles(engine.Scenario.RouteFiles[0]).Count(v => Depart(v) < 120);
        Assert.InRange(scheduled, 140, 200);
        Assert.Equal(scheduled, TripFile.Score(street.File("trips.xml"), engine.Scenario, 0, 120).Scheduled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(101)]
    public void A_factor_out_of_range_is_refused(double factor)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        Assert.Contains("--scale", Assert.Throws<ScenarioException>(() => Scale(street, factor, 1, "a.rou.xml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("probability='0.2'", "probability", "0.24")]
    [InlineData("vehsPerHour='600'", "vehsPerHour", "720")]
    [InlineData("perHour='100'", "perHour", "120")]
    [InlineData("period='6'", "period", "5")]
    [InlineData("period='exp(0.1)'", "period", "exp(0.12)")]
    [InlineData("number='10'", "number", "12")]
    public void The_rate_of_a_flow_is_multiplied_however_it_is_given(string rate, string name, string scaled)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        File.WriteAllText(street.File("street.rou.xml"), $"<routes><personFlow id='p' begin='0' end='9' period='3'/><flow id='f' begin='5' end='60' {rate} from='a' to='b'/><flow id='early' begin='0' end='60' period='6'/></routes>");
        var elements = XDocument.Load(Scale(street, 1.2, 1, "a.rou.xml")).Root!.Elements().ToList();
        Assert.Equal(["p", "early", "f"], elements.Select(e => e.Attribute("id")!.Value));
        Assert.Equal(scaled, elements[2].Attribute(name)!.Value);
        Assert.Equal("3", elements[0].Attribute("period")!.Value);
    }

    [Theory]
    [InlineData("probability='0.7'", "smaller --scale")]
    [InlineData("period='often'", "no number")]
    public void A_flow_that_cannot_be_scaled_is_refused(string rate, string part)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        File.WriteAllText(street.File("street.rou.xml"), $"<routes><flow id='f' begin='0' end='5' {rate} from='a' to='b'/></routes>");
        var message = Assert.Throws<ScenarioException>(() => Scale(street, 2, 1, "a.rou.xml")).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains("'f'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scaled_flow_sends_as_many_more_through_SUMO()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var trip = XDocument.Load(street.File("street.rou.xml")).Root!.Elements("trip").First();
        File.WriteAllText(street.File("street.rou.xml"), $"<routes><flow id='f' begin='0' end='300' period='10' from='{trip.Attribute("from")!.Value}' to='{trip.Attribute("to")!.Value}'/></routes>");
        using var engine = new SumoEngine(street.Options(Sensing.Loops, 1, "trips.xml") with { Scale = 2 });
        while (!engine.Finished)
            engine.Step();
        Assert.Equal(60, TripFile.Score(street.File("trips.xml"), engine.Scenario, 0, 300).Scheduled);
    }

    private static string Scale(TestStreet street, double factor, int seed, string name) =>
        DemandScaling.Apply(street.Scenario, factor, seed, street.File(name)).RouteFiles.Single();

    private static List<XElement> Vehicles(string file) => [.. XDocument.Load(file).Root!.Elements("trip")];

    private static double Depart(XElement vehicle) => double.Parse(vehicle.Attribute("depart")!.Value, CultureInfo.InvariantCulture);
}
