namespace TrafficAI.EventLog;

/// <summary>How large things may be; the limits of an EventStoreDB with its defaults.</summary>
public static class AppendLimits
{
    /// <summary>Bytes of one append: payloads, type names in UTF-8, and 16 for each id. 1 MiB.</summary>
    public const int MaxAppendBytes = 1_048_576;

    /// <summary>Characters (UTF-16) of the name of a stream or of a type.</summary>
    public const int MaxNameLength = 500;
}
