using System.Globalization;
using TrafficAI.Cli;

namespace TrafficAI.Benchmarks.Named;

/// <summary>What the named packages cost beside what is always built, in turns on one machine. What this build lacks, or has no server for, is left out and said.</summary>
internal static class NamedPackagesCost
{
    /// <param name="scenario">A scenario whose intersections the actors are.</param>
    /// <param name="store">An EventStoreDB, such as <c>esdb://localhost:2113?tls=false</c>; null for none.</param>
    /// <param name="folder">On the disk that is measured.</param>
    public static async Task RunAsync(string scenario, string? store, string folder)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, $"trafficai-named-{Environment.ProcessId}"));
        try
        {
            if (NamedPackages.Akka is { } akka) ActorCost.Print(scenario, akka);
            else Say($"Akka.NET: not in this build");
            if (NamedPackages.MqttNet is { } mqttNet) await BrokerCost.PrintAsync(work.FullName, mqttNet);
            else Say($"MQTTnet: not in this build");
            if (store is not null && NamedPackages.OpenEventStore is { } open) await StoreCost.PrintAsync(work.FullName, store, open);
            else Say($"EventStoreDB: not in this build, or no server was named");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The middle of all.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
