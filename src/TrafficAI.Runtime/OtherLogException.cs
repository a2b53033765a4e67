namespace TrafficAI.Runtime;

/// <summary>A log that a server cannot go on with: of another site, or of another build. The message is one line.</summary>
/// <param name="difference">What is other, after "the log".</param>
/// <param name="nextEpoch">An epoch above all that its plans had.</param>
public sealed class OtherLogException(string difference, long nextEpoch) : Exception($"the log {difference}")
{
    public long NextEpoch { get; } = nextEpoch;
}
