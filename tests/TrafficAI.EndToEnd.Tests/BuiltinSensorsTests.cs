using System.Globalization;
using TrafficAI.Cli;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Simulation;
using TrafficAI.Sumo;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The detectors of the built-in street against those of SUMO, on the same scenario under the same fixed programmes.</summary>
public sealed class BuiltinSensorsTests : IDisposable
{
    private const int End = 900;

    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Loops_count_and_are_covered_as_in_Sumo()
    {
        var (sumo, ours) = (Watch(SimulatedStreet.Sumo, Sensing.Loops), Watch(SimulatedStreet.Builtin, Sensing.Loops));
        foreach (var kind in Enum.GetValues<DetectorKind>())
        {
            AssertNear(sumo.Counts[(int)kind], ours.Counts[(int)kind], 0.03, $"{kind} counts");
            AssertNear(sumo.Covered[(int)kind], ours.Covered[(int)kind], 0.15, $"{kind} covered");
        }
    }

    [Fact]
    public void As_many_vehicles_are_seen_as_in_Sumo()
    {
        var (sumo, ours) = (Watch(SimulatedStreet.Sumo, Sensing.Full), Watch(SimulatedStreet.Builtin, Sensing.Full));
        AssertNear(sumo.Seen, ours.Seen, 0.1, "vehicle-seconds in view");
        AssertNear(sumo.Tracks, ours.Tracks, 0.03, "vehicles in view");
    }

    private static void AssertNear(double expected, double actual, double share, string what) =>
        Assert.True(Math.Abs(actual - expected) <= share * expected, string.Create(CultureInfo.InvariantCulture, $"{what}: {expected} in SUMO, {actual} here"));

    private sealed record Sums(double[] Counts, double[] Covered, double Seen, double Tracks);

    private Sums Watch(string name, Sensing sensing)
    {
        var scenario = ScenarioFile.Read(Checkout.Corridor, 0, End);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, ControlClass.Site, scenario.ReadSignals());
        var settings = new SimulationSettings
        {
            Scenario = Checkout.Corridor, Engine = name, Strategy = "fixed", Class = ControlClass.Site, Sensing = sensing, LatencySeconds = 0, Seed = 1,
        };
        using var street = SimulatedStreet.Open(settings, scenario, site.Network, files.File($"{name}-{sensing}.xml"));
        var (counts, covered, tracks, seen) = (new double[3], new double[3], new uint[site.Network.Intersections.Length], 0);
        while (!street.Engine.Finished)
        {
            foreach (var intersection in site.Network.Intersections)
                street.Engine.Show(intersection.Index, ProgramClock.LettersAt(intersection.Program, street.Engine.Second * 1000));
            street.Engine.Step();
            foreach (var intersection in site.Network.Intersections)
            {
                var readings = street.Engine.Sense(intersection.Index);
                foreach (var detector in intersection.Detectors)
                {
                    counts[(int)detector.Kind] += readings.Loops[detector.Index].Count;
                    covered[(int)detector.Kind] += readings.Loops[detector.Index].OccupancyPermille;
                }

                seen += readings.Objects.Length;
                foreach (var one in readings.Objects) tracks[intersection.Index] = Math.Max(tracks[intersection.Index], one.Track);
            }
        }

        return new(counts, covered, seen, tracks.Sum(track => track));
    }
}
