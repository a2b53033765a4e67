using System.Text;

namespace TrafficAI.EventLog.Tests;

/// <summary>Whoever edits events, wherever they are kept, has to write every later digest anew; who does not is found.</summary>
public sealed class LogAuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_recorded_is_sound()
    {
        var audit = await AuditAsync(events => events);
        Assert.Empty(audit.Findings);
        Assert.Equal(8, audit.Digests);
        Assert.Equal(88, audit.Events);
        Assert.Equal(["inputs-A", "intersection-A"], audit.Ends.Keys);
        Assert.All(audit.Ends.Values, end => Assert.Equal(43, end.Last));
    }

    public static TheoryData<string, Func<List<RecordedEvent>, IEnumerable<RecordedEvent>>> Tampering => new()
    {
        { "payload edited", events => events.Select(e => e.Revision == 15 ? e with { Payload = Flipped(e.Payload) } : e) },
        { "type edited", events => events.Select(e => e.Revision == 15 ? e with { Type = "test.v1" } : e) },
        { "event removed", events => events.Where(e => e.Revision != 15) },
        { "event doubled", events => events.SelectMany(e => e.Revision == 15 ? new[] { e, e } : [e]) },
        { "order changed", events => events.OrderBy(e => e.Revision switch { 15 => 16, 16 => 15, var r => r }) },
        { "digest rewritten", events => events.Select(e => e.Revision == 21 ? e with { Payload = new StreamDigested(11, new string('0', 64)).Encode() } : e) },
        { "digest respelled", events => events.Select(e => e.Revision == 21 ? e with { Payload = Encoding.UTF8.GetBytes(" " + Encoding.UTF8.GetString(e.Payload.Span)) } : e) },
        { "digest removed", events => events.Where(e => e.Revision != 21) },
        { "begin removed", events => events.Where(e => e.Revision > 10) },
    };

    [Theory, MemberData(nameof(Tampering))]
    public async Task Tampering_is_found_and_named(string what, Func<List<RecordedEvent>, IEnumerable<RecordedEvent>> tamper)
    {
        var audit = await AuditAsync(events => [.. tamper([.. events.Where(e => e.Stream == "inputs-A")]), .. events.Where(e => e.Stream != "inputs-A")]);
        Assert.True(audit.Faults > 0, what);
        Assert.All(audit.Findings, f => Assert.Equal("inputs-A", f.Stream));
        Assert.All(audit.Findings, f => Assert.DoesNotContain('\n', f.ToString()));
        Assert.InRange(15, Math.Min(15, audit.Findings[0].From), Math.Max(15, audit.Findings[0].To));
    }

    [Fact]
    public async Task The_finding_names_the_events_that_the_broken_digest_covers()
    {
        var audit = await AuditAsync(events => events.Select(e => e.Revision == 15 && e.Stream == "inputs-A" ? e with { Payload = Flipped(e.Payload) } : e));
        Assert.StartsWith("inputs-A, revisions 10 to 20: these are not the events that were recorded", Assert.Single(audit.Findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_whose_digests_were_all_cut_out_is_found()
    {
        var audit = await AuditAsync(events => events.Where(e => e.Stream != "inputs-A" || e.Type != StreamDigested.EventType), 1_200);
        Assert.Equal("inputs-A, revisions 0 to 1199: 1200 events without a digest, where at most 1000 may be: digests were cut out", Assert.Single(audit.Findings).ToString());
    }

    [Fact]
    public async Task What_the_reader_objects_to_is_reported_at_its_place()
    {
        await using var log = new MemoryEventLog();
        await DigestedLog.WriteAsync(log, await DigestedLog.EventsAsync(20, Cancel), Cancel);
        var audit = await LogAudit.RunAsync(log, e => e.Revision == 3 ? "no sense" : null, Cancel);
        Assert.Equal(["inputs-A, revision 3: no sense", "intersection-A, revision 3: no sense"], audit.Findings.Select(f => f.ToString()));
    }

    private static async Task<AuditResult> AuditAsync(Func<List<RecordedEvent>, IEnumerable<RecordedEvent>> tamper, int eventsPerStream = 40)
    {
        await using var log = new MemoryEventLog();
        await DigestedLog.WriteAsync(log, tamper(await DigestedLog.EventsAsync(eventsPerStream, Cancel)), Cancel);
        return await LogAudit.RunAsync(log, _ => null, Cancel);
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> payload)
    {
        var bytes = payload.ToArray();
        bytes[3] ^= 4;
        return bytes;
    }
}
