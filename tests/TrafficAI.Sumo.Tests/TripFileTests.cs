using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo.Tests;

/// <summary>The score, against a second, plain computation and against cases by hand.</summary>
public sealed class TripFileTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(1.0)]
    public void A_real_run_scores_as_the_plain_computation_does(double period)
    {
        using var street = TestStreet.Grid(240, period);
        var (trips, routes) = (Run(street), XDocument.Load(street.File("street.rou.xml")).Root!.Elements("trip"));
        var entered = trips.Where(t => Number(t, "depart") >= 0).ToDictionary(t => t.Attribute("id")!.Value, StringComparer.Ordinal);
        var delays = new List<double>();
        foreach (var trip in routes.Where(r => Number(r, "depart") < 240))
        {
            delays.Add(entered.TryGetValue(trip.Attribute("id")!.Value, out var info)
                ? Number(info, "timeLoss") + Number(info, "departDelay")
                : 240 - Number(trip, "depart"));
        }
        delays.Sort();
        var score = TripFile.Score(street.File("trips.xml"), street.Scenario, 0, 240);
        Assert.Equal(delays.Average(), score.DelaySeconds, 0.0051);
        Assert.Equal(delays[(int)(0.95 * (delays.Count - 1))], score.P95Seconds, 0.051);
        Assert.Equal(delays.Count, score.Scheduled);
        Assert.Equal(entered.Values.Count(t => Number(t, "arrival") >= 0), score.Finished);
        Assert.Equal(entered.Count, score.Finished + score.Running);
        Assert.Equal(delays.Count, score.Finished + score.Running + score.NeverInserted);
        Assert.Equal(entered.Values.Average(t => Number(t, "duration")), score.DurationSeconds, 0.0051);
        Assert.Equal(entered.Values.Average(t => Number(t, "waitingTime")), score.WaitingSeconds, 0.0051);
        Assert.Equal(period < 0.5, score.NeverInserted > 20);
    }

    [Fact]
    public void Vehicles_of_flows_are_scored_from_the_trip_file_and_none_is_lost()
    {
        using var street = TestStreet.Grid(240, 1);
        var trips = XDocument.Load(street.File("street.rou.xml")).Root!.Elements("trip").Take(2).ToList();
        File.WriteAllText(street.File("flows.rou.xml"), $"""
            <routes>
              <flow id="f" begin="0" end="10000" period="1" from="{trips[0].Attribute("from")!.Value}" to="{trips[0].Attribute("to")!.Value}"/>
              <trip id="one" depart="30" from="{trips[1].Attribute("from")!.Value}" to="{trips[1].Attribute("to")!.Value}"/>
            </routes>
            """);
        street.Configure(routes: "flows.rou.xml");
        Run(street);
        var score = TripFile.Score(street.File("trips.xml"), street.Scenario, 0, 240);
        Assert.Equal(241, score.Scheduled);
        var flow = TripFile.ScoreVehicles(street.File("trips.xml"), street.Scenario, 0, 240).Vehicles.Select(v => v.ScheduledSeconds).Order().ToArray();
        Assert.Equal(Enumerable.Range(0, 240).Select(i => (double)i).Append(30).Order(), flow);
        Assert.True(score.NeverInserted > 20);
        var part = TripFile.Score(street.File("trips.xml"), street.Scenario, 100, 240);
        Assert.Equal(140, part.Scheduled);
    }

    [Fact]
    public void By_hand_with_gzip_routes_and_an_additional_file()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        using (var gzip = new GZipStream(File.Create(street.File("h.rou.xml.gz")), CompressionLevel.Fastest))
            gzip.Write("<routes><vehicle id='a' depart='0'/><trip id='b' depart='10'/><trip id='c' depart='0:00:40'/><trip id='late' depart='100'/></routes>"u8);
        File.WriteAllText(street.File("h.add.xml"), "<additional><vehicle id='d' depart='60'/><vehicle id='early' depart='triggered'/></additional>");
        street.Configure(routes: "h.rou.xml.gz", additional: "h.add.xml");
        File.WriteAllText(street.File("t.xml"), "<tripinfos>" + Trip("a", 1, 1, 50, 49, 9, 20) + Trip("b", 12, 2, -1, 88, 30, 40) + Trip("c", -1, 60, -1, 0, 0, 0)
            + Trip("other", 5, 0, 9, 4, 0, 99) + "</tripinfos>");
        Assert.Equal(new TripScore(40.75, 42, 4, 1, 1, 2, 68.5, 19.5), TripFile.Score(street.File("t.xml"), street.Scenario, 0, 100)); // 21, 42, 60, 40
        Assert.Equal(
            [new VehicleDelay(0, 21), new VehicleDelay(60, 40), new VehicleDelay(10, 42), new VehicleDelay(40, 60)],
            TripFile.ScoreVehicles(street.File("t.xml"), street.Scenario, 0, 100).Vehicles);
    }

    [Fact]
    public void Stops_buses_walks_and_emissions_by_hand()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        File.WriteAllText(street.File("h.rou.xml"), "<routes><vType id='bus' vClass='bus'/><vehicle id='a' depart='0'/><vehicle id='b' type='bus' depart='10'/><vehicle id='c' type='bus' depart='20'/></routes>");
        street.Configure(routes: "h.rou.xml");
        File.WriteAllText(street.File("t.xml"), """
            <tripinfos>
              <personinfo id="early"><walk depart="-1" arrival="-1" timeLoss="0.00"/></personinfo>
              <tripinfo id="a" depart="0" departDelay="0" arrival="50" duration="50" waitingTime="5" timeLoss="20" waitingCount="2" routeLength="400" vType="car"><emissions CO2_abs="90000"/></tripinfo>
              <personinfo id="p"><walk depart="5" arrival="60" timeLoss="12"/><walk depart="60" arrival="90" timeLoss="4"/></personinfo>
              <tripinfo id="b" depart="12" departDelay="2" arrival="-1" duration="88" waitingTime="5" timeLoss="28" waitingCount="1" routeLength="600" vType="bus"><emissions CO2_abs="510000"/></tripinfo>
              <tripinfo id="c" depart="-1" departDelay="80" arrival="-1" duration="0" waitingTime="0" timeLoss="0" waitingCount="0" routeLength="0" vType="bus"/>
              <personinfo id="q"><walk depart="70" arrival="-1" timeLoss="0.00"/></personinfo>
            </tripinfos>
            """);
        var travel = TripFile.ScoreVehicles(street.File("t.xml"), street.Scenario, 0, 100).Travel;
        Assert.Equal(new TravelFigures(1.5, 1, 600, 2, 55, 2, 8), travel); // the bus that never got in has waited 80 s
    }

    [Fact]
    public void What_a_trip_file_does_not_tell_is_unknown_and_not_0()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        File.WriteAllText(street.File("h.rou.xml"), "<routes><vehicle id='a' depart='0'/></routes>");
        street.Configure(routes: "h.rou.xml");
        File.WriteAllText(street.File("t.xml"), "<tripinfos>" + Trip("a", 1, 1, 50, 49, 9, 20) + "</tripinfos>");
        Assert.Equal(new TravelFigures(null, null, null, 0, null, 0, null), TripFile.ScoreVehicles(street.File("t.xml"), street.Scenario, 0, 100).Travel);
    }

    [Fact]
    public void A_real_run_tells_emissions_and_stops()
    {
        using var street = TestStreet.Grid(240, 1);
        var trips = Run(street).Where(t => Number(t, "depart") >= 0).ToList();
        var travel = TripFile.ScoreVehicles(street.File("trips.xml"), street.Scenario, 0, 240).Travel;
        var (grams, km) = (trips.Sum(t => Number(t.Element("emissions")!, "CO2_abs")) / 1000, trips.Sum(t => Number(t, "routeLength")) / 1000);
        Assert.Equal(grams / km, travel.Co2GramsPerKm!.Value, 0.01);
        Assert.Equal(trips.Average(t => Number(t, "waitingCount")), travel.StopsPerVehicle!.Value, 0.0051);
        Assert.True(travel.Buses > 10);
    }

    [Fact]
    public void A_broken_missing_or_foreign_trip_file_is_told_in_one_line()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        File.WriteAllText(street.File("t.xml"), "<tripinfos><tripinfo id='a'");
        AssertRefused(street, "t.xml", "incomplete");
        File.WriteAllText(street.File("t.xml"), "<tripinfos><tripinfo id='a' depart='x'/></tripinfos>");
        AssertRefused(street, "t.xml", "no number 'depart'");
        AssertRefused(street, "gone.xml", "cannot be read");
        File.WriteAllText(street.File("t.xml"), "<tripinfos/>");
        Assert.Contains("no vehicle is scheduled", Assert.Throws<ScenarioException>(() => TripFile.Score(street.File("t.xml"), street.Scenario, 5000, 6000)).Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(TestStreet street, string file, string part)
    {
        var message = Assert.Throws<EngineException>(() => TripFile.Score(street.File(file), street.Scenario, 0, 100)).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static string Trip(string id, double depart, double departDelay, double arrival, double duration, double waiting, double loss) =>
        string.Create(CultureInfo.InvariantCulture,
            $"<tripinfo id='{id}' depart='{depart}' departDelay='{departDelay}' arrival='{arrival}' duration='{duration}' waitingTime='{waiting}' timeLoss='{loss}'/>");

    private static List<XElement> Run(TestStreet street)
    {
        using (var engine = new SumoEngine(street.Options(Sensing.Loops, 2, "trips.xml")))
        {
            while (!engine.Finished)
                engine.Step();
        }
        return [.. XDocument.Load(street.File("trips.xml")).Root!.Elements("tripinfo")];
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
