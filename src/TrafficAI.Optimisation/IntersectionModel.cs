using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What never changes about an intersection, laid out for estimation and strategies. Built once, by one procedure for all.</summary>
/// <param name="Lanes">One per stop lane of the intersection, in its order.</param>
/// <param name="Rights">Row by row, phases × movements.</param>
/// <param name="ExitDetectors">Per exit lane the index of its loop in a frame's readings.</param>
/// <param name="PedestrianGroups">Indices of the signal groups for pedestrians, rising.</param>
public sealed record IntersectionModel(
    Intersection Intersection,
    IntersectionSignals Signals,
    ImmutableArray<LaneModel> Lanes,
    ImmutableArray<Movement> Movements,
    ImmutableArray<Right> Rights,
    ImmutableArray<int> ExitDetectors,
    ImmutableArray<int> PedestrianGroups)
{
    public Right RightOf(PhaseId phase, int movement) => Rights[phase.Index * Movements.Length + movement];
}
