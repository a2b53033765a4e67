using System.Globalization;

namespace TrafficAI.EventLog;

/// <summary>Reads a log from end to end and says what is not as it was written: damaged storage, gaps, events that do not fit their digest.</summary>
/// <remarks>Whoever can write the whole log can write every digest anew. So keep the last digest, which <c>trafficai check</c> prints,
/// in another place.</remarks>
public sealed class LogAudit
{
    /// <summary>Findings beyond so many are only counted.</summary>
    public const int MostFindings = 100;

    /// <summary>A stream with digests has one at least every so many events, or some were cut out. Writers keep well below.</summary>
    public const int MostUndigested = 1_000;

    private readonly SortedDictionary<string, AuditedStream> streams = new(StringComparer.Ordinal);
    private readonly List<Finding> findings = [];
    private long faults;
    private long events;
    private long payloadBytes;

    private LogAudit()
    {
    }

    /// <summary>Examines a whole log.</summary>
    /// <param name="inspect">Looks at each event and says what is wrong with it, or null.</param>
    public static async Task<AuditResult> RunAsync(IEventLog log, Func<RecordedEvent, string?> inspect, CancellationToken stop)
    {
        var audit = new LogAudit();
        try
        {
            if (log is ICheckedStore store) store.CheckStorage(fault => audit.Report(Finding.OfLog(fault)), e => audit.Take(e, inspect, stop));
            else await foreach (var e in log.ReadAllAsync(0, stop)) audit.Take(e, inspect, stop);
        }
        catch (EventLogException e)
        {
            audit.Report(Finding.OfLog(e.Message));
        }
        return audit.Result();
    }

    private void Take(RecordedEvent @event, Func<RecordedEvent, string?> inspect, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        events++;
        payloadBytes += @event.Payload.Length;
        if (!streams.TryGetValue(@event.Stream, out var stream)) streams[@event.Stream] = stream = new(@event.Stream, Report);
        stream.Take(@event);
        if (inspect(@event) is { } why) Report(new(@event.Stream, @event.Revision, @event.Revision, why));
    }

    private AuditResult Result()
    {
        var digests = streams.Values.Sum(s => s.Digests);
        if (digests > 0) ReportUndigested();
        var ends = new SortedDictionary<string, StreamEnd>(StringComparer.Ordinal);
        foreach (var (name, stream) in streams)
            ends[name] = stream.End;
        return new(ends, events, payloadBytes, digests, findings, faults);
    }

    private void ReportUndigested()
    {
        foreach (var (name, stream) in streams)
        {
            if (stream.LongestUndigested is { Count: > MostUndigested } row)
                Report(new(name, row.From, row.From + row.Count - 1, string.Create(
                    CultureInfo.InvariantCulture, $"{row.Count} events without a digest, where at most {MostUndigested} may be: digests were cut out")));
        }
    }

    private void Report(Finding finding)
    {
        faults++;
        if (findings.Count < MostFindings) findings.Add(finding);
    }
}
