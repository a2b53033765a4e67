using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TrafficAI.Cli;
using TrafficAI.Cli.Kpi;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Measures against what SUMO itself writes: induction loops at the stop lines, and multi-entry detectors from 200 m before them. The differences are printed; those in docs/measures.md
/// are from here.</summary>
public sealed class MeasuresAgainstSumoTests : IDisposable
{
    private const long End = 1800;
    private const double RangeMetres = 200;

    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData(Sensing.Full, 1.0)]
    [InlineData(Sensing.Loops, double.NaN)] // what arrivals on red wait for green leaves the queue out: it is told, and not compared
    public async Task Volumes_are_those_of_the_induction_loops_and_delays_those_of_the_entry_exit_detectors(Sensing sensing, double delaySeconds)
    {
        var (scenario, site) = Instrument(sensing);
        var log = $"sqlite:{files.File("run.db")}";
        await Simulator.RunAsync(
            new SimulationSettings { Scenario = scenario, Engine = "sumo", Strategy = "adaptive", Class = ControlClass.RPlus, Sensing = sensing, LatencySeconds = sensing == Sensing.Full ? 0 : 1, Seed = 1, End = End, Log = log },
            null, TestContext.Current.CancellationToken);
        var told = (await MeasuredLog.ReadAsync(log, 0, End, null, 900, TestContext.Current.CancellationToken)).Site.Intersections[0];
        var report = new StringBuilder();
        var (most, all) = (0, 0);
        foreach (var loop in XDocument.Load(Path.Combine(scenario, "e1.xml")).Descendants("interval"))
        {
            var lane = loop.Attribute("id")!.Value;
            var theirs = int.Parse(loop.Attribute("nVehEntered")!.Value, CultureInfo.InvariantCulture);
            var ours = (int)told.Of(SubjectKind.Lane, lane, MeasureIds.Volume)!.Value.Value!.Value;
            report.AppendLine(CultureInfo.InvariantCulture, $"{lane,-16} vehicles {theirs,5} {ours,5} {ours - theirs,6:+0;-0;0}");
            (most, all) = (Math.Max(most, Math.Abs(ours - theirs)), all + theirs);
        }

        foreach (var area in XDocument.Load(Path.Combine(scenario, "e3.xml")).Descendants("interval"))
        {
            var approach = area.Attribute("id")!.Value;
            var theirs = double.Parse(area.Attribute("meanTimeLoss")!.Value, CultureInfo.InvariantCulture);
            var ours = told.Of(SubjectKind.Approach, approach, MeasureIds.ApproachDelay)!.Value.Value!.Value;
            report.AppendLine(CultureInfo.InvariantCulture, $"{approach,-16} delay    {theirs,5:0.0} {ours,5:0.0} {ours - theirs,6:+0.0;-0.0} s");
            if (!double.IsNaN(delaySeconds)) Assert.InRange(ours - theirs, -delaySeconds, delaySeconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sensing}: SUMO, TrafficAI, difference\n{report}");
        // The last second has no frame after it.
        Assert.True(most <= 1, report.ToString());
        Assert.True(all > 1000, report.ToString());
        Assert.Equal(site.Network.Intersections[0].StopLanes.Length, told.Subjects.Count(s => s.Kind == SubjectKind.Lane));
    }

    /// <summary>The four-arm junction with SUMO's own detectors.</summary>
    private (string Folder, Site Site) Instrument(Sensing sensing)
    {
        var folder = files.File("four-arm");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Checkout.FourArm)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var site = Site.Build(File.ReadAllBytes(Path.Combine(folder, "four-arm.net.xml")), "four-arm.net.xml", ControlClass.RPlus);
        new XDocument(new XElement("additional", Loops(site.Network, sensing), Areas(site.Network))).Save(Path.Combine(folder, "detectors.add.xml"));
        var configuration = Path.Combine(folder, "four-arm.sumocfg");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("</input>", "<additional-files value=\"detectors.add.xml\"/></input>", StringComparison.Ordinal));
        return (folder, site);
    }

    /// <summary>Where we count: tracks at the stop line, our own loops where they begin. Between the two a vehicle may stand at the end, or change lanes.</summary>
    private static IEnumerable<XElement> Loops(RoadNetwork network, Sensing sensing) => network.Intersections[0].StopLanes.Select(stop => new XElement(
        "inductionLoop", new XAttribute("id", network.Lanes[stop.Lane].Id), At(network.Lanes[stop.Lane], sensing == Sensing.Loops ? LoopExtent.LengthMetres : 0.1), new XAttribute("period", End), new XAttribute("file", "e1.xml")));

    private static IEnumerable<XElement> Areas(RoadNetwork network)
    {
        var intersection = network.Intersections[0];
        foreach (var approach in intersection.StopLanes.GroupBy(stop => network.Lanes[stop.Lane].Edge))
        {
            var entries = intersection.ObservedLanes.Where(o => o.StopLanes.Any(s => approach.Any(stop => stop.Index == s)))
                .Where(o => o.OffsetMetres < RangeMetres && o.OffsetMetres + network.Lanes[o.Lane].LengthMetres >= RangeMetres);
            yield return new(
                "entryExitDetector", new XAttribute("id", network.Edges[approach.Key].Id), new XAttribute("period", End), new XAttribute("file", "e3.xml"), new XAttribute("openEntry", "true"),
                entries.Select(o => new XElement("detEntry", At(network.Lanes[o.Lane], RangeMetres - o.OffsetMetres))),
                approach.Select(stop => new XElement("detExit", At(network.Lanes[stop.Lane], 0.1))));
        }
    }

    private static object[] At(Lane lane, double beforeEnd) => [new XAttribute("lane", lane.Id), new XAttribute("pos", (lane.LengthMetres - beforeEnd).ToString("0.00", CultureInfo.InvariantCulture))];
}
