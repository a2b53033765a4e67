using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TrafficAI.EventLog;

namespace TrafficAI.Benchmarks.Field;

/// <summary>Many controllers of a made-up city behind one broker on loopback, answered in turn by <c>serve</c>, by an <see cref="Echo"/> that waits for the disk, by one
/// that commits as <c>serve</c> does, and by one that appends nothing. The ratios mean most: disks and neighbours differ.</summary>
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
            Say($"                   half ms   99 % ms  all ms    frames  lost  broken   server s  broker s  controllers s");
            var answers = new List<double[]>();
            for (var round = 0; round < rounds; round++)
            {
                string Log() => Path.Combine(work.FullName, $"{Guid.NewGuid():N}.db");
                (string Name, ProcessStartInfo Start, string Ready)[] servers =
                [
                    ("serve", Whole.Ours("serve", "--bus", address, "--log", Log(), "--site", Path.Combine(city, "site.yaml")), "end with Ctrl-C"),
                    ("echo, on disk", EchoOf(address, Log(), nameof(Durability.OnFsync)), "echo: listens"),
                    ("echo, committed", EchoOf(address, Log(), nameof(Durability.OnWrite)), "echo: listens"),
                    ("echo, bare", EchoOf(address), "echo: listens"),
                ];
                var halves = new double[servers.Length];
                for (var i = 0; i < servers.Length; i++)
                    halves[i] = await MeasureAsync(servers[i].Name, servers[i].Start, servers[i].Ready, broker, city, address, controllers, seconds);
                answers.Add(halves);
            }

            double Ratio(int echo) => answers.Select(halves => halves[0] / halves[echo]).Order().ElementAt(rounds / 2);
            Say($"half of serve over that of the echo on disk: {Ratio(1):0.00}; committed: {Ratio(2):0.00}; bare: {Ratio(3):0} ({rounds} rounds, the median)");
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
        Say($"  {name,-15} {half,8:0.000} {ninetyNine,9:0.000} {all,8:0.0} {frames,9} {frames - count,5} {Broken(street.Output),7} {serverSeconds,10:0.0} {broker.ProcessorSeconds() - brokerBefore,9:0.0} {streetSeconds,14:0.0}");
        if (name == "serve") Console.WriteLine(street.Output.TrimEnd());
        return half;
    }

    private static string Broken(string output) => output.Split("connections ")[1].TrimStart().Split(' ')[0];

    private static ProcessStartInfo EchoOf(string address, params string[] log) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "TrafficAI.Benchmarks.dll"), "echo", address, .. log]);

    public static ProcessStartInfo Broker(string folder, out string address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = Text(((IPEndPoint)listener.LocalEndpoint).Port);
        var file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nuser {Environment.UserName}\n");
        address = $"mqtt://127.0.0.1:{port}/load";
        return new(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", ["-c", file]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
