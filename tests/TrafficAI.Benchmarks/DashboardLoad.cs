using System.Diagnostics;
using System.Globalization;
using TrafficAI.Cli.Field.Synthetic;
using TrafficAI.EventLog;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Benchmarks;

/// <summary>How long a second of a city takes from its append to the log to the browsers of many viewers, and what the dashboard's process costs.</summary>
public static class DashboardLoad
{
    private const int WarmUpSeconds = 5;

    /// <summary>Writes frames of a made-up city once a second, has <c>trafficai dashboard</c> follow the log from a process of its own, and prints the figures.</summary>
    public static async Task RunAsync(int intersections, int viewers, int seconds)
    {
        var work = Directory.CreateTempSubdirectory("trafficai-dashboard-");
        try
        {
            var city = Path.Combine(work.FullName, "city");
            SyntheticCity.Make(city, intersections);
            var path = Path.Combine(work.FullName, "city.db");
            await using var log = EventLogUri.Open(path, EventLogMode.Create);
            var street = await BeginAsync(log, city);
            using var dashboard = Start(path, out var address);
            var appended = new long[WarmUpSeconds + seconds + 2];
            using var ending = new CancellationTokenSource();
            var latencies = Enumerable.Range(0, viewers).Select(_ => Task.Run(() => WatchAsync(address, intersections, appended, ending.Token))).ToArray();
            var processor = await WriteAsync(log, street, appended, dashboard);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await ending.CancelAsync();
            var all = (await Task.WhenAll(latencies)).SelectMany(l => l).Order().ToList();
            Print(intersections, viewers, seconds, all, processor, dashboard.WorkingSet64);
            dashboard.Kill();
            await dashboard.WaitForExitAsync();
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<List<(VirtualController Controller, SyntheticTraffic Traffic, LogStream Inputs)>> BeginAsync(IEventLog log, string city)
    {
        var scenario = ScenarioFile.Read(city);
        var header = new RunHeader(
            RunHeader.ThisBuild, "city", "made-up", "fixed", ControlClass.Site, Sensing.Loops, 1, 30, 1, 1, 1, "", 0, 3600, Path.GetFileName(scenario.NetFile));
        var record = new SiteRecord(header, scenario.NetBytes);
        await record.WriteAsync(log, CancellationToken.None);
        await log.FlushAsync();
        return [.. record.Build().Models.Select((model, i) => (
            new VirtualController(model.Signals, 0), new SyntheticTraffic(model, (ulong)i), new LogStream(log, StreamNames.Inputs(model.Signals.Id))))];
    }

    private static Process Start(string log, out Uri address)
    {
        var start = Whole.Ours("dashboard", log, "--listen", "http://127.0.0.1:0", "--no-open");
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        address = new(process.StandardOutput.ReadLine()!.Split(' ')[1]);
        return process;
    }

    /// <returns>Seconds of processor that the dashboard took in the seconds that count.</returns>
    private static async Task<double> WriteAsync(
        IEventLog log, List<(VirtualController Controller, SyntheticTraffic Traffic, LogStream Inputs)> street, long[] appended, Process dashboard)
    {
        var begun = Stopwatch.GetTimestamp();
        var before = TimeSpan.Zero;
        for (var second = 1; second < appended.Length; second++)
        {
            foreach (var (controller, traffic, inputs) in street)
            {
                controller.Step();
                var shown = controller.State;
                var frame = new Frame(controller.Signals.Id, shown.Second + 1, controller.Mode, shown, traffic.Next(shown));
                await inputs.AppendAsync([new(FrameCodec.TypeOf(frame), FrameCodec.Encode(frame))], CancellationToken.None);
            }

            await log.FlushAsync();
            Volatile.Write(ref appended[street[0].Controller.State.Second], Stopwatch.GetTimestamp());
            dashboard.Refresh();
            if (second == WarmUpSeconds + 1) before = dashboard.TotalProcessorTime;
            var left = TimeSpan.FromSeconds(second) - Stopwatch.GetElapsedTime(begun);
            if (left > TimeSpan.Zero) await Task.Delay(left);
        }

        dashboard.Refresh();
        return (dashboard.TotalProcessorTime - before).TotalSeconds;
    }

    /// <summary>Reads the stream as a browser does.</summary>
    /// <returns>Per second from its append until the state of the last intersection was there, in milliseconds.</returns>
    private static async Task<List<double>> WatchAsync(Uri address, int intersections, long[] appended, CancellationToken stop)
    {
        var (found, came) = (new List<double>(), new int[appended.Length + 1]);
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            using var reader = new StreamReader(await client.GetStreamAsync("api/v1/live", stop));
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (!line.StartsWith("data: {\"second\"", StringComparison.Ordinal)) continue;
                var now = Stopwatch.GetTimestamp();
                foreach (var second in SecondsOf(line))
                {
                    if (second > WarmUpSeconds && second < appended.Length && ++came[second] == intersections)
                        found.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref appended[second]), now).TotalMilliseconds);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough has been seen.
        }

        return found;
    }

    private static IEnumerable<int> SecondsOf(string line)
    {
        const string Mark = ":{\"second\":";
        for (var at = line.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = line.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            var begin = at + Mark.Length;
            yield return int.Parse(line.AsSpan(begin, line.IndexOf(',', begin) - begin), CultureInfo.InvariantCulture);
        }
    }

    private static void Print(int intersections, int viewers, int seconds, List<double> all, double processor, long memory)
    {
        double At(double share) => all.Count == 0 ? double.NaN : all[(int)(share * (all.Count - 1))];
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {intersections} intersections, {viewers} viewers, {seconds} s; {Environment.ProcessorCount} processors
              append to browser   {all.Count} of {(long)viewers * seconds} seconds seen whole: half within {At(0.5):0} ms, 99 % within {At(0.99):0} ms, all within {At(1):0} ms
              dashboard           {processor / seconds * 100:0.0} % of a core, {memory >> 20} MB
            """));
    }
}
