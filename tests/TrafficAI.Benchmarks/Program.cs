using System.Globalization;
using BenchmarkDotNet.Running;
using TrafficAI.Benchmarks;

// durable [SECONDS [FOLDER]]: durable events a second, as ratios.
// speed SUMOCFG [ROUNDS]: wall time over SUMO alone, speed of a replay, cost of a decision.
// Anything else goes to BenchmarkDotNet (try --filter '*').
if (args is ["durable", ..])
{
    var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 3;
    await DurableAppends.RunAsync(args.Length > 2 ? args[2] : Path.GetTempPath(), TimeSpan.FromSeconds(seconds));
    return;
}

if (args is ["speed", var scenario, ..])
{
    await Speed.RunAsync(scenario, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
