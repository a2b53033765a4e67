using System.Globalization;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Sumo.Tests;

/// <summary>The sensors see what is there, no more and no less; the reference is what SUMO itself writes.</summary>
public sealed class SensingTests
{
    private const string Fcd = "<fcd-output value='fcd.xml'/><precision value='6'/>";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Full_sensing_sees_every_vehicle_within_200_m_and_no_other(bool pair)
    {
        using var street = pair ? TestStreet.TwoJunctionsUnderOneLight(200) : TestStreet.Grid(200, 0.8);
        street.Configure(output: Fcd);
        var network = street.Network;
        var seen = Collect(street.Options(Sensing.Full, 5), network);
        var expected = ReadFcd(street.File("fcd.xml"), network);
        Assert.True(expected.Sum(second => second.Sum(list => list.Count)) > 5000);
        for (var second = 0; second < 200; second++)
        {
            foreach (var intersection in network.Intersections)
                AssertSame(expected[second][intersection.Index], seen[second][intersection.Index].Objects);
        }
    }

    private static void AssertSame(List<(int Lane, int Distance, int Speed)> expected, IReadOnlyList<TrackedObject> seen)
    {
        Assert.Equal(expected.Order(), seen.Select(o => ((int)o.Lane, (int)o.DistanceDecimetres, (int)o.SpeedDecimetresPerSecond)).Order());
        Assert.All(seen, o => Assert.InRange(o.DistanceDecimetres, 0, 2000));
        Assert.Equal(seen.OrderBy(o => o.Lane).ThenBy(o => o.DistanceDecimetres).ThenBy(o => o.Track), seen);
        Assert.Distinct(seen.Select(o => o.Track));
    }

    [Fact]
    public void A_track_keeps_to_one_vehicle_and_ends_with_the_view()
    {
        using var street = TestStreet.Grid(200, 0.8);
        var network = street.Network;
        var seen = Collect(street.Options(Sensing.Full, 5), network);
        foreach (var intersection in network.Intersections)
        {
            var last = new Dictionary<uint, (int Second, TrackedObject Object)>();
            for (var second = 0; second < seen.Count; second++)
            {
                foreach (var o in seen[second][intersection.Index].Objects)
                {
                    if (last.TryGetValue(o.Track, out var before))
                    {
                        Assert.Equal(second - 1, before.Second);
                        Assert.Equal(before.Object.Class, o.Class);
                        Assert.InRange(before.Object.DistanceDecimetres - o.DistanceDecimetres, -30, 200);
                    }
                    last[o.Track] = (second, o);
                }
            }
            Assert.Equal(last.Keys.Order(), Enumerable.Range(1, last.Count).Select(i => (uint)i));
        }
    }

    [Fact]
    public void Classes_are_told_apart()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var classes = Collect(street.Options(Sensing.Full, 5), street.Network).SelectMany(s => s).SelectMany(r => r.Objects).Select(o => o.Class).ToHashSet();
        Assert.Superset(new HashSet<ObjectClass> { ObjectClass.Car, ObjectClass.Truck, ObjectClass.Bus, ObjectClass.TwoWheeler }, classes);
    }

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void The_same_seed_gives_the_same_readings(Sensing sensing)
    {
        using var street = TestStreet.Grid(200, 0.8);
        var network = street.Network;
        var first = Collect(street.Options(sensing, 4), network);
        var second = Collect(street.Options(sensing, 4), network);
        Assert.Equal(Flat(first), Flat(second));
        Assert.NotEqual(Flat(first), Flat(Collect(street.Options(sensing, 5), network)));
    }

    [Fact]
    public void Loops_count_every_vehicle_once_and_see_those_that_wait()
    {
        using var street = TestStreet.Grid(400, 0.8);
        var network = street.Network;
        WriteReferenceLoops(street, network);
        street.Configure(additional: "reference.add.xml", output: Fcd);
        var seen = Collect(street.Options(Sensing.Loops, 6), network);
        var reference = ReadReferenceLoops(street.File("reference.xml"));
        foreach (var intersection in network.Intersections)
        {
            foreach (var detector in intersection.Detectors)
            {
                var readings = seen.Select(s => s[intersection.Index].Loops[detector.Index]).ToList();
                var (entered, occupancy) = reference[$"ref.{intersection.Index}.{detector.Index}"];
                Assert.Equal(entered, readings.Sum(r => r.Count));
                Assert.Equal(occupancy, readings.Average(r => r.OccupancyPermille) / 10, 0.3); // SUMO's adds up where two vehicles overlap
            }
        }
        AssertWaitingIsSeen(street, network, seen);
    }

    /// <summary>Whoever stands at a stop line lies on its stop loop.</summary>
    private static void AssertWaitingIsSeen(TestStreet street, RoadNetwork network, List<DetectorReadings[]> seen)
    {
        var timesteps = XDocument.Load(street.File("fcd.xml")).Root!.Elements("timestep").ToList();
        var stopLoops = network.Intersections.SelectMany(i => i.Detectors.Where(d => d.Kind == DetectorKind.Stop).Select(d => (i.Index, Detector: d)))
            .ToDictionary(d => network.Lanes[d.Detector.Lane].Id.Value, StringComparer.Ordinal);
        var waited = 0;
        for (var second = 1; second < timesteps.Count; second++)
        {
            var stoodBefore = timesteps[second - 1].Elements("vehicle").Where(v => Number(v, "speed") < 0.01).Select(v => v.Attribute("id")!.Value).ToHashSet();
            foreach (var vehicle in timesteps[second].Elements("vehicle").Where(v => Number(v, "speed") < 0.01 && stoodBefore.Contains(v.Attribute("id")!.Value)))
            {
                if (!stopLoops.TryGetValue(vehicle.Attribute("lane")!.Value, out var loop) || network.Lanes[loop.Detector.Lane].LengthMetres - Number(vehicle, "pos") > 1.5)
                    continue;
                waited++;
                Assert.Equal(1000, seen[second][loop.Index].Loops[loop.Detector.Index].OccupancyPermille);
            }
        }
        Assert.True(waited > 500);
    }

    [Fact]
    public void With_full_sensing_exit_loops_read_as_with_loops_and_the_others_read_nothing()
    {
        using var street = TestStreet.Grid(200, 0.8);
        var network = street.Network;
        var full = Collect(street.Options(Sensing.Full, 4), network);
        var loops = Collect(street.Options(Sensing.Loops, 4), network);
        for (var second = 0; second < full.Count; second++)
        {
            foreach (var intersection in network.Intersections)
            {
                var expected = intersection.Detectors.Select(d => d.Kind == DetectorKind.Exit ? loops[second][intersection.Index].Loops[d.Index] : default);
                Assert.Equal(expected, full[second][intersection.Index].Loops);
                Assert.Empty(loops[second][intersection.Index].Objects);
            }
        }
        Assert.Contains(full.SelectMany(s => s).SelectMany(r => r.Loops), l => l.Count > 0);
    }

    private static List<DetectorReadings[]> Collect(SumoOptions options, RoadNetwork network)
    {
        var all = new List<DetectorReadings[]>();
        using var engine = new SumoEngine(options);
        while (!engine.Finished)
        {
            ProgramDriver.Show(engine, network);
            engine.Step();
            all.Add([.. network.Intersections.Select(i => engine.Sense(i.Index))]);
        }
        return all;
    }

    private static IEnumerable<string> Flat(List<DetectorReadings[]> readings) =>
        readings.SelectMany(s => s).Select(r => string.Join(' ', r.Objects) + string.Join(' ', r.Loops));

    private static List<List<(int Lane, int Distance, int Speed)>[]> ReadFcd(string file, RoadNetwork network) =>
        [.. XDocument.Load(file).Root!.Elements("timestep").Select(t => network.Intersections.Select(i => Near(t, network, i)).ToArray())];

    private static List<(int Lane, int Distance, int Speed)> Near(XElement timestep, RoadNetwork network, Intersection intersection)
    {
        var lanes = intersection.ObservedLanes.ToDictionary(o => network.Lanes[o.Lane].Id.Value, StringComparer.Ordinal);
        var near = new List<(int, int, int)>();
        foreach (var vehicle in timestep.Elements("vehicle"))
        {
            if (!lanes.TryGetValue(vehicle.Attribute("lane")!.Value, out var lane))
                continue;
            var distance = lane.OffsetMetres + network.Lanes[lane.Lane].LengthMetres - Number(vehicle, "pos");
            if (distance <= 200)
                near.Add((lane.Index, Tenths(distance), Tenths(Number(vehicle, "speed"))));
        }
        return near;
    }

    private static int Tenths(double value) => (int)Math.Round(value * 10, MidpointRounding.AwayFromZero);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static void WriteReferenceLoops(TestStreet street, RoadNetwork network)
    {
        var loops = network.Intersections.SelectMany(i => i.Detectors.Select(d => new XElement("e1Detector",
            new XAttribute("id", $"ref.{i.Index}.{d.Index}"), new XAttribute("lane", network.Lanes[d.Lane].Id.Value),
            new XAttribute("pos", d.PositionMetres - 1), new XAttribute("length", 2), new XAttribute("friendlyPos", true),
            new XAttribute("freq", 100000), new XAttribute("file", "reference.xml"))));
        new XElement("additional", loops).Save(street.File("reference.add.xml"));
    }

    private static Dictionary<string, (int Entered, double Occupancy)> ReadReferenceLoops(string file) =>
        XDocument.Load(file).Root!.Elements("interval").ToDictionary(
            e => e.Attribute("id")!.Value, e => ((int)Number(e, "nVehEntered"), Number(e, "occupancy")), StringComparer.Ordinal);
}
