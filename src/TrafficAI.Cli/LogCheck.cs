using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>Checks a log: its storage, every stream without gaps, every event readable, every digest that of its events, and whether the
/// run came to its end.</summary>
public static class LogCheck
{
    private const int MostLines = 10;

    /// <returns>Exit status: 0 sound, 1 something is wrong.</returns>
    /// <exception cref="EventLogException">There is no log, or none that can be opened.</exception>
    /// <exception cref="RecordException">It is sound, but holds no run.</exception>
    public static async Task<int> RunAsync(string uri, TextWriter to, CancellationToken stop)
    {
        await using var log = await Adapters.OpenLogAsync(uri, EventLogMode.OpenExisting, stop);
        var endings = new List<RunEnded>();
        RunHeader? header = null;
        var endIsDigested = true;
        var audit = await LogAudit.RunAsync(log, Inspect, stop);
        if (header is null && audit.Faults == 0) await SiteRecord.ReadAsync(log, stop);
        List<Finding> findings = [.. audit.Findings, .. endings.SelectMany(e => e.Differences(audit.Ends))];
        if (endings.Count > 0 && !endIsDigested) findings.Add(CutAfterEnd(audit.Ends[StreamNames.Site].Last));
        await to.WriteLineAsync(Title(uri, header, audit));
        foreach (var finding in findings.Take(MostLines)) await to.WriteLineAsync($"  {finding}");
        await to.WriteLineAsync(Verdict(findings.Count - audit.Findings.Count + audit.Faults));
        if (findings.Count == 0) await WriteNotesAsync(to, audit, endings);
        return findings.Count == 0 ? CommandLine.Done : CommandLine.CheckFailed;

        string? Inspect(RecordedEvent e)
        {
            if (e.Stream == StreamNames.Site) endIsDigested = e.Type == StreamDigested.EventType;
            if (e.Type == StreamDigested.EventType) return null; // the audit itself compares them
            try
            {
                var said = EventTypes.Decode(e);
                header = said as RunHeader ?? header;
                if (said is ServerStarted) endings.Clear(); // it went on
                if (said is RunEnded ended) endings.Add(ended);
                return null;
            }
            catch (RecordException x)
            {
                return x.Message.ReplaceLineEndings(" ");
            }
        }
    }

    // A run digests its own end.
    private static Finding CutAfterEnd(long last) => new(StreamNames.Site, last + 1, last + 1, "missing: the digest with which a run ends was cut off");

    private static string Title(string uri, RunHeader? header, AuditResult audit)
    {
        var run = header is null ? "no run header" : string.Create(CultureInfo.InvariantCulture, $"{header.Scenario}, {header.Strategy}, seed {header.Seed}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Adapters.Shown(uri)}: {run}; {audit.Ends.Count} streams, {audit.Events} events, {audit.PayloadBytes} bytes of payload, {audit.Digests} digests");
    }

    private static string Verdict(long faults) => faults == 0
        ? "  sound"
        : string.Create(CultureInfo.InvariantCulture, $"  NOT sound: {faults} objections. Use a copy that is, and find out who could write here.");

    private static async Task WriteNotesAsync(TextWriter to, AuditResult audit, List<RunEnded> endings)
    {
        if (audit.Digests == 0) await to.WriteLineAsync("  it carries no digests, so edits cannot be told: an older build recorded it");
        else if (endings.Count == 0) await to.WriteLineAsync("  the run did not end: it was killed, interrupted or is still running, or the end of the log was cut off");
        else await to.WriteLineAsync($"  the run ended; keep this elsewhere to know the log again: sha256 {audit.Ends[StreamNames.Site].Sha256}");
    }
}
