namespace TrafficAI.EventLog;

/// <summary>A log cannot be opened, read or written. The message is one line for the user: where, what, what next.</summary>
public sealed class EventLogException : Exception
{
    public EventLogException(string message) : base(message) { }

    public EventLogException(string message, Exception inner) : base(message, inner) { }
}
