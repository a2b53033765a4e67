namespace TrafficAI.EventLog;

/// <summary>What an append may expect of its stream, besides the revision of its last event.</summary>
public static class ExpectedRevision
{
    /// <summary>The stream does not exist yet.</summary>
    public const long NoStream = -1;

    /// <summary>The stream may end anywhere.</summary>
    public const long Any = -2;
}
