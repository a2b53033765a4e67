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

    [Fact]
    public void Flows_are_refused()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        File.WriteAllText(street.File("street.rou.xml"), "<routes><flow id='f' begin='0' end='5' number='2' from='a' to='b'/></routes>");
        Assert.Contains("flows", Assert.Throws<ScenarioException>(() => Scale(street, 2, 1, "a.rou.xml")).Message, StringComparison.Ordinal);
    }

    private static string Scale(TestStreet street, double factor, int seed, string name) =>
        DemandScaling.Apply(street.Scenario, factor, seed, street.File(name)).RouteFiles.Single();

    private static List<XElement> Vehicles(string file) => [.. XDocument.Load(file).Root!.Elements("trip")];

    private static double Depart(XElement vehicle) => double.Parse(vehicle.Attribute("depart")!.Value, CultureInfo.InvariantCulture);
}
