namespace TrafficAI.Simulation.Demand;

/// <summary>A file with routes, flows, types, stops or persons.</summary>
/// <param name="Name">What to call it in an error.</param>
/// <param name="Content">Its bytes, as they are; gzip is recognised by its first two bytes.</param>
/// <param name="IsAdditional">SUMO loads it at once, so its vehicles may stand in any order; those of a route file may not.</param>
public sealed record DemandFile(string Name, ReadOnlyMemory<byte> Content, bool IsAdditional = false);
