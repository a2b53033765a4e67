namespace TrafficAI.Signals;

/// <summary>A programme or signal file that cannot be used. The message is one line.</summary>
public sealed class SignalsException(string message) : Exception(message);
