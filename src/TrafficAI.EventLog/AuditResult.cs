namespace TrafficAI.EventLog;

/// <summary>What an audit found.</summary>
/// <param name="Ends">Where each stream ends, by name.</param>
/// <param name="Digests">Digests compared; 0 for a log that carries none.</param>
/// <param name="Findings">The first <see cref="LogAudit.MostFindings"/> things that are not as they were written; none if all is well.</param>
/// <param name="Faults">How many there are in all.</param>
public sealed record AuditResult(
    IReadOnlyDictionary<string, StreamEnd> Ends, long Events, long PayloadBytes, long Digests, IReadOnlyList<Finding> Findings, long Faults);
