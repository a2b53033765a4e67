namespace TrafficAI.Network;

/// <summary>A network file that cannot be used. The message is one line: file, line, what is wrong, what next.</summary>
public sealed class NetworkException(string message, Exception? inner = null) : Exception(message, inner);
