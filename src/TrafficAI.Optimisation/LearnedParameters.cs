using System.Collections.Immutable;

namespace TrafficAI.Optimisation;

/// <summary>What an intersection has learned of its traffic so far, each with its standard deviation.</summary>
/// <param name="Lanes">One per stop lane.</param>
/// <param name="Turns">One per movement.</param>
/// <param name="Links">One per link from a neighbour.</param>
public sealed record LearnedParameters(ImmutableArray<LearnedLane> Lanes, ImmutableArray<LearnedTurn> Turns, ImmutableArray<LearnedLink> Links);

/// <summary>What has been learned of a stop lane.</summary>
/// <param name="HeadwaySeconds">Mean headway of a queue that leaves while it yields to nobody.</param>
/// <param name="HeadwayDeviationSeconds">Of single headways.</param>
/// <param name="VehiclesPerSecond">Mean flow over its stop line.</param>
/// <param name="VehiclesPerSecondDeviation">Of that mean, arrivals being taken to be Poisson; 0 while nobody has been seen.</param>
public readonly record struct LearnedLane(double HeadwaySeconds, double HeadwayDeviationSeconds, double VehiclesPerSecond, double VehiclesPerSecondDeviation);

/// <summary>What has been learned of a movement.</summary>
/// <param name="Share">Of the traffic of its lane, 0 to 1.</param>
/// <param name="Deviation">Of the share: of the Dirichlet distribution that counts and prior make.</param>
public readonly record struct LearnedTurn(double Share, double Deviation);

/// <summary>What has been learned of a link from a neighbour.</summary>
/// <param name="From">Index of the neighbour in the network.</param>
/// <param name="TravelSeconds">Mean time from the neighbour's exit loop to our advance loops.</param>
/// <param name="TravelDeviationSeconds">Mean deviation from it.</param>
/// <param name="ArriveShare">Of those who enter the link, how many come, 0 to 1.</param>
public readonly record struct LearnedLink(int From, double TravelSeconds, double TravelDeviationSeconds, double ArriveShare);
