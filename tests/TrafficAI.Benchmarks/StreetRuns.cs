using System.Diagnostics;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Simulation;
using TrafficAI.Simulation.Demand;
using TrafficAI.Sumo;

namespace TrafficAI.Benchmarks;

/// <summary>The built-in street with the programme of the file, alone and beside SUMO.</summary>
internal static class StreetRuns
{
    private const int RunsARound = 4;
    private const int WarmUpSeconds = 120;
    private static SpinningThreads? pool;

    /// <summary>Drives a scenario, after its first two minutes to warm up, and prints what came of it; loading is not counted.</summary>
    public static void Print(string path, int seed, int threads)
    {
        var (network, demand, scenario) = Read(path, seed);
        DriveOn(Make(network, demand, scenario, seed, threads), scenario.Begin + WarmUpSeconds);
        var street = Make(network, demand, scenario, seed, threads);
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        DriveOn(street, scenario.End);
        var (seconds, processor) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        var delay = demand.Vehicles.Select((vehicle, i) => Delay(street.Trip(i), vehicle.DepartSeconds, scenario.End)).Average();
        Say($"{scenario.Name} seed {seed}: mean delay {delay:0.00} s, {demand.Vehicles.Length} scheduled, {street.Arrived} finished, {street.Running} running, {street.Waiting} waiting");
        Say($"  {street.Updates} vehicle updates in {seconds:0.00} s, {street.Updates / seconds:0} a second with {threads} threads ({street.Updates / processor:0} a processor second), state {street.StateHash():x16}");
        foreach (var left in demand.NotSupported) Say($"  not supported: {left.What}, {left.Count} times, first in {left.File}, line {left.Line}");
    }

    /// <summary>Vehicle updates a processor second, SUMO's and ours in turn, loading not counted; ours are the mean of several runs of the same seed.</summary>
    public static void Compare(string path, int rounds)
    {
        var ratios = new List<double>();
        DriveTimed(path, 1);
        for (var round = 1; round <= rounds; round++)
        {
            var (updates, ours) = DriveTimed(path, round);
            var theirs = SumoSeconds(path, round);
            ratios.Add(theirs / ours);
            Say($"  round {round}: {updates} updates, ours {updates / ours:0} a second, SUMO {updates / theirs:0}, ratio {theirs / ours:0.0}");
        }

        ratios.Sort();
        Say($"{Path.GetFileNameWithoutExtension(path)}: {ratios[ratios.Count / 2]:0.0} times SUMO (median of {rounds}, processor time, one core each)");
    }

    private static (long Updates, double Seconds) DriveTimed(string path, int seed)
    {
        var (network, demand, scenario) = Read(path, seed);
        var (updates, processor) = (0L, TimeSpan.Zero);
        for (var run = 0; run < RunsARound; run++)
        {
            var street = Make(network, demand, scenario, seed, 1);
            var before = Environment.CpuUsage.TotalTime;
            DriveOn(street, scenario.End);
            processor += Environment.CpuUsage.TotalTime - before;
            updates += street.Updates;
        }

        return (updates / RunsARound, processor.TotalSeconds / RunsARound);
    }

    private static double SumoSeconds(string path, int seed)
    {
        var scenario = ScenarioFile.Read(path);
        double Run(long end) => Whole.Time(Whole.Sumo(
            "-c", path, "--seed", seed.ToString(CultureInfo.InvariantCulture), "--end", end.ToString(CultureInfo.InvariantCulture), "--xml-validation", "never",
            "--no-step-log", "true", "--no-warnings", "true", "--time-to-teleport", "-1")).Processor;
        return Run(scenario.End) - Run(scenario.Begin + 1);
    }

    public static (RoadNetwork Network, StreetDemand Demand, ScenarioFile Scenario) Read(string path, int seed)
    {
        var scenario = ScenarioFile.Read(path);
        var network = NetworkReader.Read(scenario.NetBytes, scenario.NetFile);
        DemandFile[] files =
        [
            .. scenario.AdditionalFiles.Select(file => new DemandFile(file, File.ReadAllBytes(file), IsAdditional: true)),
            .. scenario.RouteFiles.Select(file => new DemandFile(file, File.ReadAllBytes(file))),
        ];
        return (network, DemandReader.Read(network, files, scenario.Begin, scenario.End, seed), scenario);
    }

    public static Street Make(RoadNetwork network, StreetDemand demand, ScenarioFile scenario, int seed, int threads) =>
        new(network, demand, new((ulong)seed, BeginSeconds: scenario.Begin, Workers: threads > 1 ? pool ??= new(threads) : null));

    private static void DriveOn(Street street, long end)
    {
        while (street.NowSeconds < end)
        {
            street.SetProgramLights();
            street.Step();
        }
    }

    private static double Delay(TripResult trip, double scheduled, double end) => trip.Depart < 0 ? end - scheduled : trip.TimeLoss + trip.DepartDelay;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
