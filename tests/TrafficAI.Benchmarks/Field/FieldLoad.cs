using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TrafficAI.Benchmarks.Field;

/// <summary>Many controllers of a made-up city behind one broker on loopback, answered in turn by <c>serve</c>, by an <see cref="Echo"/> that appends durably, and by
/// one that appends nothing. The ratios mean most: disks and neighbours differ.</summary>
internal static class FieldLoad
{
    /// <summary>Prints a line for each of them and round, and the ratios.</summary>
    /// <param name="controllers">Each sends a frame a second.</param>
    /// <param name="seconds">Of each of them, in each round.</param>
    public static async Task RunAsync(int controllers, int seconds, int rounds)
    {
        var work = Directory.CreateTempSubdirectory("trafficai-field-");
        try
        {
            var city = Path.Combine(work.FullName, "city");
            Whole.Time(Whole.Ours("controllers", city, "--synthetic", Text(controllers)));
            using var broker = new Part(Broker(work.FullName, out var address), null);
            await Task.Delay(TimeSpan.FromSeconds(1));
            Say($"{controllers} controllers, 1 Hz, {seconds} s each; {Environment.ProcessorCount} processors; processor seconds of server, broker and controllers include their start");
            Say($"                  half ms   99 % ms  all ms    frames  lost  broken   server s  broker s  controllers s");
            var (ratios, bare) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                string Log() => Path.Combine(work.FullName, $"{Guid.NewGuid():N}.db");
                var durable = await MeasureAsync("echo, durable", EchoOf(address, Log()), "echo: listens", broker, city, address, controllers, seconds);
                var served = await MeasureAsync("serve", Whole.Ours("serve", "--bus", address, "--log", Log(), "--site", Path.Combine(city, "site.yaml")), "end with Ctrl-C", broker, city, address, controllers, seconds);
                var echoed = await MeasureAsync("echo, bare", EchoOf(address, null), "echo: listens", broker, city, address, controllers, seconds);
                ratios.Add(served / durable);
                bare.Add(served / echoed);
            }

            Say($"serve over durable echo, half: {Median(ratios):0.00}; over bare echo: {Median(bare):0.00} (medians of {rounds} rounds)");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <returns>Milliseconds within which half of the answers went out.</returns>
    private static async Task<double> MeasureAsync(
        string name, ProcessStartInfo subject, string ready, Part broker, string city, string address, int controllers, int seconds)
    {
        using var server = new Part(subject, ready);
        await server.ReadyAsync();
        var brokerBefore = broker.ProcessorSeconds();
        using var street = new Part(Whole.Ours("controllers", city, "--synthetic", Text(controllers), "--bus", address, "--end", Text(seconds)), null);
        var streetSeconds = await street.EndAsync();
        var serverSeconds = server.ProcessorSeconds();
        server.Stop();
        await server.EndAsync();
        var (count, half, ninetyNine, all) = AnswerLine.Read(server.Output);
        var frames = controllers * (long)seconds;
        Say($"  {name,-14} {half,8:0.000} {ninetyNine,9:0.000} {all,8:0.0} {frames,9} {frames - count,5} {Broken(street.Output),7} {serverSeconds,10:0.0} {broker.ProcessorSeconds() - brokerBefore,9:0.0} {streetSeconds,14:0.0}");
        if (name == "serve") Console.WriteLine(street.Output.TrimEnd());
        return half;
    }

    private static string Broken(string output) => output.Split("connections ")[1].TrimStart().Split(' ')[0];

    private static ProcessStartInfo EchoOf(string address, string? log) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "TrafficAI.Benchmarks.dll"), "echo", address, .. log is null ? Array.Empty<string>() : [log]]);

    private static ProcessStartInfo Broker(string folder, out string address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = Text(((IPEndPoint)listener.LocalEndpoint).Port);
        var file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nuser {Environment.UserName}\n");
        address = $"mqtt://127.0.0.1:{port}/load";
        return new(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", ["-c", file]);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
