namespace TrafficAI.Runtime.Events;

/// <summary>A priority request has come further, or to its end.</summary>
/// <param name="Input">Revision of the input that led to it.</param>
/// <param name="Boot">Of the controller, sixteen hexadecimal digits; with the number it names the request.</param>
/// <param name="Request">The controller's own number for it.</param>
/// <param name="State">queued, activated, completed, rejected or stale.</param>
/// <param name="Reason">In a few plain words.</param>
public sealed record PriorityAnswered(long Second, long Input, string Boot, uint Request, string State, string Reason);
