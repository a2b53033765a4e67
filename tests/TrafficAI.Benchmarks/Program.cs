using System.Globalization;
using BenchmarkDotNet.Running;
using TrafficAI.Benchmarks;

// durable [SECONDS [FOLDER]]: durable events a second, as ratios. Anything else goes to BenchmarkDotNet (try --filter '*').
if (args is ["durable", ..])
{
    var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 3;
    await DurableAppends.RunAsync(args.Length > 2 ? args[2] : Path.GetTempPath(), TimeSpan.FromSeconds(seconds));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
