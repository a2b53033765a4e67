using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Routes;

/// <summary>What the worth of lanes depends on; equal ones share a table.</summary>
/// <param name="BrakeMetres">The longest way that a vehicle of the type needs to stop.</param>
/// <param name="Stops">Those that are still ahead.</param>
internal sealed record RouteKey(
    ImmutableArray<int> Edges, VehicleClasses Class, double BrakeMetres, int ArrivalLane, double ArrivalMetres, ImmutableArray<PlannedStop> Stops)
{
    public bool Equals(RouteKey? other) => other is not null
        && Class == other.Class && BrakeMetres.Equals(other.BrakeMetres) && ArrivalLane == other.ArrivalLane && ArrivalMetres.Equals(other.ArrivalMetres)
        && Edges.AsSpan().SequenceEqual(other.Edges.AsSpan()) && Stops.AsSpan().SequenceEqual(other.Stops.AsSpan());

    public override int GetHashCode()
    {
        var hash = (int)Class;
        foreach (var edge in Edges) hash = unchecked(hash * 31 + edge);
        return hash;
    }
}
