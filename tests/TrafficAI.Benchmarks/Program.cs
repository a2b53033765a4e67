using System.Globalization;
using BenchmarkDotNet.Running;
using TrafficAI.Benchmarks;
using TrafficAI.Benchmarks.Field;
using TrafficAI.Benchmarks.Named;
using TrafficAI.EventLog;

// durable [SECONDS [FOLDER]]: durable events a second, as ratios.
// speed SUMOCFG [ROUNDS]: wall time over SUMO alone, speed of a replay, cost of a decision.
// field [CONTROLLERS [SECONDS [ROUNDS]]]: how long serve takes to answer many controllers, over an echo; processor time of each part.
// dashboard [INTERSECTIONS [VIEWERS [SECONDS]]]: from an append to the log to many browsers, and what the dashboard's process costs.
// street SUMOCFG [SEED [THREADS]]: the built-in street with the programme of the file: mean delay, counts, vehicle updates a second.
// street-edges SUMOCFG [SEED [SEED]]: counts and queues of each edge beside SUMO's, over the seeds from the first to the second.
// street-speed SUMOCFG [ROUNDS]: vehicle updates a processor second over SUMO's.
// named [SCENARIO [ESDB [FOLDER]]]: what Akka.NET, MQTTnet and EventStoreDB cost beside what is always built; ESDB such as esdb://localhost:2113?tls=false.
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

if (args is ["field", ..])
{
    int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
    await FieldLoad.RunAsync(Number(1, 2000), Number(2, 60), Number(3, 3));
    return;
}

if (args is ["dashboard", ..])
{
    int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
    await DashboardLoad.RunAsync(Number(1, 200), Number(2, 50), Number(3, 60));
    return;
}

if (args is ["street", var streetScenario, ..])
{
    int Number(int index) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : 1;
    StreetRuns.Print(streetScenario, Number(2), Number(3));
    return;
}

if (args is ["street-edges", var edgesScenario, ..])
{
    int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
    StreetEdges.Compare(edgesScenario, Number(2, 1), Number(3, Number(2, 3)));
    return;
}

if (args is ["street-speed", var speedScenario, ..])
{
    StreetRuns.Compare(speedScenario, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3);
    return;
}

if (args is ["named", ..])
{
    await NamedPackagesCost.RunAsync(args.Length > 1 ? args[1] : "simulations/corridor", args.Length > 2 ? args[2] : null, args.Length > 3 ? args[3] : Path.GetTempPath());
    return;
}

if (args is ["echo", var address, ..])
{
    await Echo.RunAsync(address, args.Length > 2 ? args[2] : null, args.Length > 3 ? Enum.Parse<Durability>(args[3]) : Durability.OnWrite);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(DurableAppends).Assembly).Run(args);
