namespace TrafficAI.Simulation.Demand;

/// <summary>Something in the files that the built-in simulator leaves out.</summary>
/// <param name="What">In words: an element, such as <c>ride</c>, or an attribute, such as <c>carFollowModel "IDM"</c>.</param>
/// <param name="Count">How often it stands in the files; more than 0.</param>
/// <param name="File">Where it stands first.</param>
/// <param name="Line">From 1.</param>
public sealed record NotSupported(string What, int Count, string File, int Line);
