using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.EventLog.Sqlite;

namespace TrafficAI.Benchmarks;

/// <summary>Events a second that are on the disk when they are acknowledged: our log with many appenders, over the disk itself at the same
/// batch, and over SQLite with a transaction for each append. Only the ratios mean anything: disks and neighbours differ.</summary>
public static class DurableAppends
{
    private const int PayloadBytes = 100;
    private const int Rounds = 5;

    /// <summary>Prints a line for each number of appenders.</summary>
    /// <param name="folder">On the disk that is measured.</param>
    /// <param name="time">How long each is measured, in five rounds; medians are printed.</param>
    public static async Task RunAsync(string folder, TimeSpan time)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, $"trafficai-durable-{Environment.ProcessId}"));
        try
        {
            Say("appenders  events/s  events/commit  of raw fdatasync  over plain WAL  over plain DELETE");
            foreach (var appenders in new[] { 1, 8, 64, 512 })
            {
                var rounds = new List<Round>();
                for (var i = 0; i < Rounds; i++) rounds.Add(await MeasureAsync(work.FullName, appenders, time / Rounds));
                double Median(Func<Round, double> of) => rounds.Select(of).Order().ElementAt(Rounds / 2);
                Say($"{appenders,9} {Median(r => r.Log),9:0} {Median(r => r.Batch),14:0.0} {Median(r => r.Log / r.Raw),17:0.00} {Median(r => r.Log / r.Wal),15:0.0} {Median(r => r.Log / r.Delete),18:0.0}");
            }
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    // One after the other, so that a noisy neighbour troubles all of them.
    private static async Task<Round> MeasureAsync(string folder, int appenders, TimeSpan time)
    {
        string Fresh(string name)
        {
            var path = Path.Combine(folder, name);
            File.Delete(path);
            return path;
        }

        var (log, batch) = await LogAsync(Fresh("log.db"), appenders, time);
        var raw = RawDisk.EventsPerSecond(Fresh("raw"), (int)Math.Max(1, Math.Round(batch)), PayloadBytes, time);
        var wal = PlainSqlite.EventsPerSecond(Fresh("wal.db"), "WAL", PayloadBytes, time);
        var delete = PlainSqlite.EventsPerSecond(Fresh("delete.db"), "DELETE", PayloadBytes, time);
        return new(log, batch, raw, wal, delete);
    }

    private static async Task<(double EventsPerSecond, double EventsPerCommit)> LogAsync(string path, int appenders, TimeSpan time)
    {
        await using var log = SqliteEventLog.Open(path, EventLogMode.Create, Durability.OnFsync);
        using var stop = new CancellationTokenSource(time);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, appenders).Select(a => Task.Run(() => AppendAsync(log, $"inputs-{a}", stop.Token))));
        return (counts.Sum() / watch.Elapsed.TotalSeconds, counts.Sum() / (double)log.Commits);
    }

    private static async Task<long> AppendAsync(SqliteEventLog log, string stream, CancellationToken stop)
    {
        var ids = new StreamIds(stream);
        var payload = new byte[PayloadBytes];
        var revision = -1L;
        while (!stop.IsCancellationRequested)
            revision = await log.AppendAsync(stream, revision, new EventData(ids.At(revision + 1), "frame.v1", payload), CancellationToken.None);
        return revision + 1;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);

    /// <summary>Events a second of each way, and how many shared a commit of ours.</summary>
    private readonly record struct Round(double Log, double Batch, double Raw, double Wal, double Delete);
}
