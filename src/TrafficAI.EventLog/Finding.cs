using System.Globalization;

namespace TrafficAI.EventLog;

/// <summary>Something in a log that is not as it was written.</summary>
/// <param name="Stream">Name of the stream; null when it concerns the log as a whole.</param>
/// <param name="From">First revision concerned.</param>
/// <param name="To">Last revision concerned.</param>
/// <param name="What">What is wrong, in words.</param>
public sealed record Finding(string? Stream, long From, long To, string What)
{
    /// <summary>A finding about the log as a whole.</summary>
    public static Finding OfLog(string what) => new(null, -1, -1, what);

    /// <summary>One line: where, what.</summary>
    public override string ToString() => Stream is null
        ? What
        : From == To
            ? string.Create(CultureInfo.InvariantCulture, $"{Stream}, revision {From}: {What}")
            : string.Create(CultureInfo.InvariantCulture, $"{Stream}, revisions {From} to {To}: {What}");
}
