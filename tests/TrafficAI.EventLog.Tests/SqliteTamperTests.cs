using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog.Sqlite;

namespace TrafficAI.EventLog.Tests;

/// <summary>A log file that somebody has edited with a tool, or the disk has damaged.</summary>
public sealed class SqliteTamperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LogPath => folder.File("log.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("UPDATE events SET payload = x'00' WHERE position = 30", "inputs-A, revisions 10 to 20: these are not the events that were recorded")]
    [InlineData("DELETE FROM events WHERE position = 30", "inputs-A, revision 15: missing: cut out of the log")]
    [InlineData("DELETE FROM events WHERE position BETWEEN 30 AND 49", "inputs-A, revisions 15 to 24: missing: cut out of the log")]
    [InlineData("DELETE FROM events WHERE position > 80", "the seal of the file is over 84 events, but there are 81: some were removed or added")]
    [InlineData("UPDATE events SET position = 1000 WHERE position = 30", "inputs-A, revision 15: missing: cut out of the log")]
    [InlineData("UPDATE events SET position = 1000 - position", "the seal of the file does not fit its 84 events: some were edited or put in another order")]
    [InlineData("UPDATE events SET id = x'000102030405060708090a0b0c0d0e0f' WHERE position = 83", "the seal of the file does not fit its 84 events")]
    [InlineData("DROP TABLE seal", "the seal of the file is missing: cut out")]
    [InlineData("DELETE FROM seal", "the seal of the file is over 0 events, but there are 84")]
    public async Task An_edited_file_is_found_and_named(string sql, string what)
    {
        await WriteAsync(39);
        using (var tool = Database.Open(LogPath, writable: true))
            tool.Execute(sql);
        await using var log = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        var audit = await LogAudit.RunAsync(log, _ => null, Cancel);
        Assert.Contains(audit.Findings, f => f.ToString().Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_of_the_first_format_has_no_seal_and_is_sound()
    {
        await WriteAsync(39);
        using (var older = Database.Open(LogPath, writable: true))
            older.Execute("DROP TABLE seal; PRAGMA user_version = 1");
        await using (var log = EventLogUri.Open(LogPath, EventLogMode.Append))
        {
            Assert.Empty((await LogAudit.RunAsync(log, _ => null, Cancel)).Findings);
            await log.AppendAsync("more", -1, new EventData(Guid.NewGuid(), "text.v1", default), Cancel);
        }
        await using var again = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        Assert.Empty((await LogAudit.RunAsync(again, _ => null, Cancel)).Findings);
    }

    [Fact]
    public async Task The_seal_goes_on_when_a_log_goes_on()
    {
        await WriteAsync(15);
        await using (var log = EventLogUri.Open(LogPath, EventLogMode.Append))
        {
            await log.AppendAsync("more", -1, new EventData(Guid.NewGuid(), "text.v1", default), Cancel);
            Assert.Empty((await LogAudit.RunAsync(log, _ => null, Cancel)).Findings);
        }
        await using var again = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        Assert.Empty((await LogAudit.RunAsync(again, _ => null, Cancel)).Findings);
    }

    // By hand, for longer: TRAFFICAI_FLIPS=100000 (and another seed: TRAFFICAI_SEED=2).
    [Fact]
    public async Task A_flipped_bit_anywhere_is_found_or_changes_nothing()
    {
        await WriteAsync(300);
        var whole = await File.ReadAllBytesAsync(LogPath, Cancel);
        var hash = await HashAsync(LogPath);
        var chance = new Random(Setting("TRAFFICAI_SEED", 1));
        var (refused, found, harmless) = (0, 0, 0);
        for (var i = 0; i < Setting("TRAFFICAI_FLIPS", 1_000); i++)
        {
            var (at, bit) = (chance.Next(whole.Length), chance.Next(8));
            var path = folder.File("flipped.db");
            whole[at] ^= (byte)(1 << bit);
            await File.WriteAllBytesAsync(path, whole, Cancel);
            whole[at] ^= (byte)(1 << bit);
            var watch = Stopwatch.StartNew();
            switch (await VerdictAsync(path))
            {
                case null: refused++; break;
                case > 0: found++; break;
                default:
                    Assert.True(await HashAsync(path) == hash, $"byte {at}, bit {bit}: the events have changed, and nobody says so");
                    harmless++;
                    break;
            }
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"byte {at}, bit {bit}: {watch.Elapsed} is a hang");
        }
        TestContext.Current.SendDiagnosticMessage($"{refused} refused, {found} found, {harmless} harmless");
        Assert.True(refused > 0 && found > 0 && found > harmless);
    }

    private static async Task<long?> VerdictAsync(string path)
    {
        try
        {
            await using var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
            return (await LogAudit.RunAsync(log, _ => null, Cancel)).Faults;
        }
        catch (EventLogException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return null;
        }
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
        return await LogHash.ComputeAsync(log, Cancel);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private async Task WriteAsync(int eventsPerStream)
    {
        await using var log = EventLogUri.Open(LogPath, EventLogMode.Create);
        await DigestedLog.WriteAsync(log, await DigestedLog.EventsAsync(eventsPerStream, Cancel), Cancel);
    }
}
