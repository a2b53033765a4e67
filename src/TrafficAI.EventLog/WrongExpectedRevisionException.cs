namespace TrafficAI.EventLog;

/// <summary>An append expected another end of its stream: somebody else has appended. Nothing was written.</summary>
public sealed class WrongExpectedRevisionException : Exception
{
    /// <param name="stream">Name of the stream.</param>
    /// <param name="expected">Revision that the append expected; see <see cref="ExpectedRevision"/>.</param>
    /// <param name="actual">Revision of the stream's last event, −1 for none.</param>
    /// <param name="detail">What else is wrong, as the end of a sentence; null when the numbers say it all.</param>
    public WrongExpectedRevisionException(string stream, long expected, long actual, string? detail = null)
        : base(Describe(stream, expected, actual, detail))
    {
        Stream = stream;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>Name of the stream.</summary>
    public string Stream { get; }

    /// <summary>Revision that the append expected; see <see cref="ExpectedRevision"/>.</summary>
    public long Expected { get; }

    /// <summary>Revision of the stream's last event, −1 for none.</summary>
    public long Actual { get; }

    private static string Describe(string stream, long expected, long actual, string? detail)
    {
        var end = actual < 0 ? "does not exist" : FormattableString.Invariant($"ends at revision {actual}");
        return $"stream '{stream}': expected {Name(expected)}, but it {end}"
            + (detail is null ? ". Read on from there and decide again." : $"; {detail}.");
    }

    private static string Name(long expected) => expected switch
    {
        ExpectedRevision.Any => "any revision",
        ExpectedRevision.NoStream => "no stream",
        _ => FormattableString.Invariant($"revision {expected}"),
    };
}
