using TrafficAI.Network;

namespace TrafficAI.FieldBus;

/// <summary>A handler threw while it was given a message.</summary>
/// <param name="Kind">"frame" or "plan".</param>
/// <param name="Intersection">Whose message it was.</param>
/// <param name="Error">What the handler threw.</param>
public sealed record BusError(string Kind, IntersectionId Intersection, Exception Error);
