namespace TrafficAI.Simulation.Demand;

/// <summary>Demand that cannot be used. The message is one line: file, line, element, what is wrong, what next.</summary>
public sealed class DemandException(string message, Exception? inner = null) : Exception(message, inner);
