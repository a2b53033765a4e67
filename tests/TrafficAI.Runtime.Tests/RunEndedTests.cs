using System.Text;
using TrafficAI.EventLog;

namespace TrafficAI.Runtime.Tests;

public sealed class RunEndedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Its_bytes_are_pinned()
    {
        const string Golden = """{"second":3600,"streams":[{"name":"inputs-A","last":59,"sha256":"00ff"}]}""";
        Assert.Equal(Golden, Encoding.UTF8.GetString(new RunEnded(3600, [new("inputs-A", 59, "00ff")]).Encode()));
        var read = RunEnded.Decode(Encoding.UTF8.GetBytes(Golden));
        Assert.Equal(3600, read.Second);
        Assert.Equal([new StreamEnd("inputs-A", 59, "00ff")], read.Streams.AsEnumerable());
        Assert.Throws<RecordException>(() => RunEnded.Decode("{}"u8.ToArray()));
    }

    [Theory]
    [InlineData(7, "bb", "added after the run had ended")]
    [InlineData(5, "aa", null)]
    [InlineData(5, "bb", "not those with which the run ended")]
    [InlineData(3, "bb", "the end of the stream was cut off")]
    [InlineData(-1, "", "it was cut out")]
    public void A_stream_that_ends_otherwise_is_named(long last, string sha256, string? what)
    {
        var found = new Dictionary<string, StreamEnd>();
        if (last >= 0) found["inputs-A"] = new("inputs-A", last, sha256);
        var differences = new RunEnded(60, [new("inputs-A", 5, "aa")]).Differences(found).ToArray();
        if (what is null) Assert.Empty(differences);
        else Assert.Contains(what, Assert.Single(differences).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_of_any_size_fits_the_limit_of_an_append()
    {
        await using var log = new MemoryEventLog();
        await RunEnded.WriteAsync(log, 60, Enumerable.Range(0, 9_000).Select(i => new StreamEnd($"inputs-{i}", i, new string('0', 64))), Cancel);
        var events = await log.ReadAsync(StreamNames.Site, 0, Cancel).ToArrayAsync(Cancel);
        Assert.Equal(9_000, events.Where(e => e.Type == RunEnded.EventType).Sum(e => RunEnded.Decode(e.Payload).Streams.Length));
        Assert.Equal(StreamDigested.EventType, events[^1].Type);
        Assert.Empty((await LogAudit.RunAsync(log, _ => null, Cancel)).Findings);
    }

    [Fact]
    public async Task A_stream_is_digested_when_asked_and_at_the_latest_after_so_many_events()
    {
        await using var log = new MemoryEventLog();
        var stream = new LogStream(log, "a");
        await stream.DigestAsync(Cancel);
        for (var i = 0; i < 1_300; i++) await stream.AppendAsync([IntersectionEvent.Mode(i, Signals.ControlMode.Plan)], Cancel);
        await stream.DigestAsync(Cancel);
        await stream.DigestAsync(Cancel);
        var audit = await LogAudit.RunAsync(log, _ => null, Cancel);
        Assert.Empty(audit.Findings);
        Assert.Equal(3, audit.Digests);
        Assert.Equal(stream.End, audit.Ends["a"]);

        var again = new LogStream(log, "a");
        await again.RecoverAsync(Cancel);
        Assert.Equal(stream.End, again.End);
    }
}
