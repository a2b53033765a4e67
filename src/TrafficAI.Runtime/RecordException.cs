namespace TrafficAI.Runtime;

/// <summary>A recorded event that cannot be read, or a log that cannot be used. The message is one line.</summary>
public sealed class RecordException(string message, Exception? inner = null) : Exception(message, inner);
