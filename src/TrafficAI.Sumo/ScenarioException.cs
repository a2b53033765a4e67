namespace TrafficAI.Sumo;

/// <summary>A scenario that cannot be used. The message is one line: where, what, what next.</summary>
public sealed class ScenarioException(string message, Exception? inner = null) : Exception(message, inner);
