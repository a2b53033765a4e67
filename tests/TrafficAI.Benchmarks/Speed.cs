using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Benchmarks;

/// <summary>How long a simulated hour takes against SUMO alone, how fast a log is decided on again, and what one decision costs.</summary>
public static class Speed
{
    /// <summary>Runs a scenario and prints the figures.</summary>
    /// <param name="scenario">A <c>.sumocfg</c>.</param>
    /// <param name="rounds">Each command is timed so often, in turn with the others; medians are printed. 0 for decisions alone.</param>
    public static async Task RunAsync(string scenario, int rounds)
    {
        var work = Directory.CreateTempSubdirectory("trafficai-speed-");
        try
        {
            var path = Path.Combine(work.FullName, "run.db");
            Whole.Time(Recorded(scenario, path));
            await using var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
            var replay = await Replay.OpenAsync(log, CancellationToken.None);
            var run = replay.Record.Header;
            Say($"{run.Scenario}: {run.Strategy}, class {Cli.ScenarioOptions.NameOf(run.Class)}, seed {run.Seed}, {run.End - run.Begin} s, {replay.Site.Models.Length} intersections; {Environment.ProcessorCount} processors");
            if (rounds > 0) TimeWhole(scenario, work.FullName, path, rounds, run.End - run.Begin);
            await DecisionTimes.PrintAsync(replay, log);
            var loops = Path.Combine(work.FullName, "loops.db");
            Whole.Time(Recorded(scenario, loops, "--sensing", "loops"));
            await using var loopsLog = EventLogUri.Open(loops, EventLogMode.OpenExisting);
            Say($"the same with loops");
            await DecisionTimes.PrintAsync(await Replay.OpenAsync(loopsLog, CancellationToken.None), loopsLog);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static void TimeWhole(string scenario, string folder, string recorded, int rounds, long streetSeconds)
    {
        var sumo = Whole.Sumo("-c", scenario, "--seed", "1", "--xml-validation", "never", "--no-step-log", "true", "--no-warnings", "true", "--time-to-teleport", "-1");
        (string Name, Func<ProcessStartInfo> Start)[] commands =
        [
            ("sumo alone", () => sumo),
            ("simulate --log", () => Recorded(scenario, Path.Combine(folder, Guid.NewGuid().ToString("N") + ".db"))),
            ("simulate", () => Whole.Ours("simulate", scenario, "--engine", "sumo", "--class", "R+")),
            ("simulate --strategy fixed", () => Whole.Ours("simulate", scenario, "--engine", "sumo", "--class", "R+", "--strategy", "fixed")),
            ("replay --verify", () => Whole.Ours("replay", recorded, "--verify")),
        ];
        var times = commands.Select(_ => new List<(double Wall, double Processor)>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < commands.Length; i++) times[i].Add(Whole.Time(commands[i].Start()));
        }

        Say($"whole processes, median of {rounds} in turn   wall s  over sumo  times real time  processor s  over sumo");
        for (var i = 0; i < commands.Length; i++)
        {
            var wall = Median(times[i].Select(t => t.Wall));
            var ratio = Median(times[i].Zip(times[0], (own, alone) => own.Wall / alone.Wall));
            var work = Median(times[i].Select(t => t.Processor));
            var workRatio = Median(times[i].Zip(times[0], (own, alone) => own.Processor / alone.Processor));
            Say($"  {commands[i].Name,-37} {wall,8:0.00} {ratio,10:0.0} {streetSeconds / wall,16:0} {work,12:0.00} {workRatio,10:0.0}");
        }
    }

    private static ProcessStartInfo Recorded(string scenario, string log, params string[] more) =>
        Whole.Ours(["simulate", scenario, "--engine", "sumo", "--class", "R+", "--log", log, .. more]);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
