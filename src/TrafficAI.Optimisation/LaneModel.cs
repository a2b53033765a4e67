using System.Collections.Immutable;

namespace TrafficAI.Optimisation;

/// <summary>A stop lane as estimation and strategies see it.</summary>
/// <param name="Index">Index of the stop lane in the intersection.</param>
/// <param name="LengthMetres">Of the stop lane itself.</param>
/// <param name="SpeedMetresPerSecond">Its limit.</param>
/// <param name="Movements">Indices of its movements, in the network's order; at least one.</param>
/// <param name="StopDetector">Index of its stop loop in a frame's readings.</param>
/// <param name="AdvanceDetector">Index of its advance loop in a frame's readings.</param>
/// <param name="AdvanceDistanceMetres">From the advance loop to the stop line along the road.</param>
/// <param name="Road">Index of its edge in the network: lanes of one road lie side by side; −1 where that is not known.</param>
public sealed record LaneModel(
    int Index,
    double LengthMetres,
    double SpeedMetresPerSecond,
    ImmutableArray<int> Movements,
    int StopDetector,
    int AdvanceDetector,
    double AdvanceDistanceMetres,
    int Road = -1);
