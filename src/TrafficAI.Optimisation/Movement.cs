using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Optimisation;

/// <summary>One way through the intersection for vehicles: a signalised connection.</summary>
/// <param name="Index">Position in <see cref="IntersectionModel.Movements"/>.</param>
/// <param name="StopLane">Index of the stop lane that it leaves.</param>
/// <param name="Link">Its signal link.</param>
/// <param name="Group">Its signal group.</param>
/// <param name="Exit">Position of the lane that it enters in <see cref="Intersection.ExitLanes"/>.</param>
/// <param name="YieldsTo">Indices of the movements that it must give way to when the lights let both go, rising.</param>
/// <param name="Crosses">Indices of the movements from other lanes whose ways cross or merge with this one, whatever the lights show, rising.</param>
/// <param name="WaitsInside">A vehicle may wait for a gap inside the junction.</param>
/// <param name="LengthInsideMetres">Length of its way inside the junction; 0 where the network does not say.</param>
public sealed record Movement(
    int Index,
    int StopLane,
    int Link,
    int Group,
    int Exit,
    TurnDirection Direction,
    ImmutableArray<int> YieldsTo,
    ImmutableArray<int> Crosses,
    bool WaitsInside,
    double LengthInsideMetres = 0);

/// <summary>What a phase allows a movement.</summary>
public enum Right : byte
{
    None,

    /// <summary>Green, but it must yield.</summary>
    Yielding,

    /// <summary>Green with priority.</summary>
    Protected,
}
