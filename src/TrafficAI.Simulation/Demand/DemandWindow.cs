namespace TrafficAI.Simulation.Demand;

/// <summary>The street seconds in which vehicles may depart: from the first up to, not including, the last.</summary>
/// <param name="BeginMilliseconds">0 or more.</param>
/// <param name="EndMilliseconds">More than <paramref name="BeginMilliseconds"/>.</param>
internal readonly record struct DemandWindow(long BeginMilliseconds, long EndMilliseconds)
{
    public bool Holds(long milliseconds) => milliseconds >= BeginMilliseconds && milliseconds < EndMilliseconds;
}
