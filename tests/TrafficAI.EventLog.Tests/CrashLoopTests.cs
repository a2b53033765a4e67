using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog.Writer;

namespace TrafficAI.EventLog.Tests;

/// <summary>A writer is killed at random, again and again, and goes on with what it left.</summary>
/// <remarks>By hand, for longer: <c>TRAFFICAI_CRASHES=1000</c>, with another seed: <c>TRAFFICAI_SEED=2</c>.</remarks>
public sealed class CrashLoopTests
{
    private const int Appenders = 8;
    private const int RoundsPerLog = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_is_there_and_the_rest_is_a_clean_prefix()
    {
        var chance = new Random(Setting("TRAFFICAI_SEED", 1));
        var rounds = Setting("TRAFFICAI_CRASHES", 50);
        var watch = Stopwatch.StartNew();
        long acknowledged = 0, events = 0;
        for (var done = 0; done < rounds; done += RoundsPerLog)
        {
            using var folder = new TemporaryFolder();
            var durability = done / RoundsPerLog % 2 == 0 ? Durability.OnFsync : Durability.OnWrite;
            var promised = new long[Appenders];
            Array.Fill(promised, -1);
            for (var round = done; round < Math.Min(rounds, done + RoundsPerLog); round++)
            {
                await CrashAsync(folder.File("log.db"), durability, TimeSpan.FromMilliseconds(chance.Next(0, 120)), chance.Next(8) == 0, promised);
                events = await CheckAsync(folder.File("log.db"), promised);
            }
            acknowledged += promised.Sum() + Appenders;
        }
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture, $"{rounds} crashes in {watch.Elapsed.TotalSeconds:0.0} s; {acknowledged} events acknowledged, none lost; {events} in the last log"));
        Assert.True(acknowledged > rounds);
    }

    private static async Task CrashAsync(string path, Durability durability, TimeSpan after, bool whileStarting, long[] promised)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Script).Assembly.Location, path, $"{durability}", $"{Appenders}"]) { RedirectStandardOutput = true };
        using var writer = Process.Start(start)!;
        var lines = whileStarting ? null : await writer.StandardOutput.ReadLineAsync(Cancel);
        await Task.Delay(after, Cancel);
        writer.Kill();
        lines += "\n" + await writer.StandardOutput.ReadToEndAsync(Cancel);
        await writer.WaitForExitAsync(Cancel);

        // The last line may be torn: without its end it does not count.
        foreach (var line in lines.Split('\n').SkipLast(1))
        {
            if (line.Split(' ') is [var stream, var revision])
                promised[int.Parse(stream, CultureInfo.InvariantCulture)] = long.Parse(revision, CultureInfo.InvariantCulture);
        }
    }

    // Each stream a prefix of what its appender writes, and the whole file under its seal.
    private static async Task<long> CheckAsync(string path, long[] promised)
    {
        if (!File.Exists(path)) return 0;
        IEventLog log;
        try
        {
            log = EventLogUri.Open(path, EventLogMode.OpenExisting);
        }
        catch (EventLogException e) when (e.Message.Contains("the file is empty", StringComparison.Ordinal) && promised.All(p => p < 0))
        {
            return 0;
        }
        await using (log)
        {
            var audit = await LogAudit.RunAsync(log, Differs, Cancel);
            Assert.Empty(audit.Findings);
            for (var s = 0; s < Appenders; s++)
                Assert.InRange(audit.Ends.GetValueOrDefault(Script.StreamName(s))?.Last ?? -1, promised[s], long.MaxValue);
            return audit.Events;
        }
    }

    private static string? Differs(RecordedEvent @event)
    {
        var stream = int.Parse(@event.Stream.AsSpan(@event.Stream.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        var expected = Script.EventAt(stream, @event.Revision);
        return expected.Id == @event.Id && expected.Type == @event.Type && expected.Payload.Span.SequenceEqual(@event.Payload.Span)
            ? null
            : "not what was appended";
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
