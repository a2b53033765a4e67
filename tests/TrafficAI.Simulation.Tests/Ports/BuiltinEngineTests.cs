using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Signals;
using TrafficAI.Simulation.Ports;
using TrafficAI.Simulation.Tests.Demand;

namespace TrafficAI.Simulation.Tests.Ports;

public class BuiltinEngineTests
{
    private const string OneVehicle = "<vType id=\"car\" length=\"5\" sigma=\"0\" speedDev=\"0\"/><vehicle id=\"v\" type=\"car\" depart=\"0\" departSpeed=\"max\"><route edges=\"west_approach west_stop east_exit\"/></vehicle>";

    [Fact]
    public void A_vehicle_is_counted_once_by_each_loop_on_its_way_for_as_long_as_it_lies_on_it()
    {
        var seconds = Run(OneVehicle, Sensing.Loops, 60);
        var detectors = Scene.FourArm.Intersections[0].Detectors;
        var counts = detectors.Select(detector => seconds.Sum(second => second.Loops[detector.Index].Count)).ToArray();
        Assert.Equal([1, 1, 1], ((DetectorKind[])[DetectorKind.Stop, DetectorKind.Advance, DetectorKind.Exit])
            .Select(kind => detectors.Where(detector => detector.Kind == kind).Sum(detector => counts[detector.Index])));
        foreach (var detector in detectors.Where(detector => counts[detector.Index] > 0))
        {
            var metres = seconds.Sum(second => second.Loops[detector.Index].OccupancyPermille) / 1000.0 * 13.89;
            Assert.InRange(metres, 6.8, 7.2); // its own 5 m and the 2 m of the loop
        }
    }

    [Fact]
    public void A_vehicle_that_waits_on_the_stop_loop_is_counted_once_and_covers_it_all_the_time()
    {
        var seconds = Run(OneVehicle, Sensing.Loops, 120, red: second => second < 100);
        var stop = Scene.FourArm.Intersections[0].Detectors.Single(detector => detector.Kind == DetectorKind.Stop && seconds.Any(second => second.Loops[detector.Index].Count > 0)).Index;
        Assert.Equal(1, seconds.Sum(second => second.Loops[stop].Count));
        Assert.All(seconds[50..99], second => Assert.Equal(1000, second.Loops[stop].OccupancyPermille));
        Assert.All(seconds[110..], second => Assert.Equal(0, second.Loops[stop].OccupancyPermille));
    }

    [Fact]
    public void A_vehicle_is_followed_under_one_number_while_it_comes_nearer()
    {
        var seen = Run(OneVehicle, Sensing.Full, 30).SelectMany(second => second.Objects).ToList();
        Assert.Equal(1u, Assert.Single(seen.Select(one => one.Track).Distinct()));
        Assert.Equal(seen.OrderByDescending(one => one.DistanceDecimetres), seen);
        Assert.InRange(seen[0].DistanceDecimetres, 1800, 2000);
        Assert.All(seen, one => Assert.Equal((139, ObjectClass.Car), (one.SpeedDecimetresPerSecond, one.Class)));
    }

    [Fact]
    public void The_trip_file_names_everybody_also_who_is_under_way_and_who_never_got_in()
    {
        var flow = "<flow id=\"f\" type=\"car\" begin=\"1\" end=\"60\" period=\"1\"><route edges=\"west_approach west_stop east_exit\"/></flow>";
        using var file = new MemoryStream();
        Run(OneVehicle + flow, Sensing.Loops, 60, red: second => second > 25, trips: file);
        var trips = XDocument.Parse(Encoding.UTF8.GetString(file.ToArray())).Root!.Elements("tripinfo").ToList();
        Assert.Equal(60, trips.Count);
        var arrived = trips.Single(trip => trip.Attribute("id")!.Value == "v");
        Assert.InRange(Number(arrived, "arrival"), 40, 50);
        Assert.Equal(("east_exit", ""), (arrived.Attribute("arrivalLane")!.Value[..9], arrived.Attribute("vaporized")!.Value));
        var never = trips.Last();
        Assert.Equal((-1.0, 1.0, "end"), (Number(never, "depart"), Number(never, "departDelay"), never.Attribute("vaporized")!.Value));
        Assert.All(trips, trip => Assert.Equal(Number(trip, "depart") < 0 ? 60 : Number(trip, "depart"), Scheduled(trip) + Number(trip, "departDelay")));
    }

    private static double Scheduled(XElement trip) =>
        trip.Attribute("id")!.Value is "v" ? 0 : 1 + int.Parse(trip.Attribute("id")!.Value[2..], CultureInfo.InvariantCulture);

    private static double Number(XElement trip, string name) => double.Parse(trip.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The readings of each second at the four-arm junction, with all lights green but where said.</summary>
    private static List<DetectorReadings> Run(string elements, Sensing sensing, int end, Func<long, bool>? red = null, Stream? trips = null)
    {
        using var engine = new BuiltinEngine(new(Scene.FourArm, Scene.Read(elements, end: end), sensing, 1, 0, end, trips));
        var readings = new List<DetectorReadings>();
        while (!engine.Finished)
        {
            engine.Show(0, new(red?.Invoke(engine.Second) == true ? 'r' : 'G', Scene.FourArm.Intersections[0].Links.Length));
            engine.Step();
            readings.Add(engine.Sense(0));
        }
        return readings;
    }
}
