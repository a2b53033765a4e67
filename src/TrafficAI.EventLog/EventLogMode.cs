namespace TrafficAI.EventLog;

/// <summary>How a log is opened.</summary>
public enum EventLogMode
{
    /// <summary>A new log; refused if one with events is already there.</summary>
    Create,

    /// <summary>A log that exists, only to be read; another process may be writing it.</summary>
    OpenExisting,

    /// <summary>A log to go on with; made if there is none.</summary>
    Append,
}
