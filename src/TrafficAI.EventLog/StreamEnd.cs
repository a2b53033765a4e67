namespace TrafficAI.EventLog;

/// <summary>Where a stream ends.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Last">Revision of its last event.</param>
/// <param name="Sha256">The hash over its events since the last digest, that included; see <see cref="StreamChain.Current"/>.</param>
public sealed record StreamEnd(string Stream, long Last, string Sha256);
