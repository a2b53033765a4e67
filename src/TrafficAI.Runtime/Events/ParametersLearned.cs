using System.Collections.Immutable;

namespace TrafficAI.Runtime.Events;

/// <summary>What has been learned of the traffic so far, told once an hour: a summary for people, since a replay learns it again.</summary>
/// <param name="Input">Revision of the input after which it was told.</param>
/// <param name="Lanes">The stop lanes.</param>
/// <param name="Links">The links from neighbours.</param>
public sealed record ParametersLearned(long Second, long Input, ImmutableArray<ParametersLearned.Lane> Lanes, ImmutableArray<ParametersLearned.Link> Links)
{
    /// <summary>A stop lane.</summary>
    /// <param name="Name">Of the lane.</param>
    /// <param name="HeadwaySeconds">Mean of a queue that leaves.</param>
    /// <param name="HeadwayDeviation">Standard deviation of single headways in s.</param>
    /// <param name="VehiclesPerHour">Over its stop line.</param>
    /// <param name="VehiclesPerHourDeviation">Standard deviation of that mean.</param>
    public sealed record Lane(
        string Name, double HeadwaySeconds, double HeadwayDeviation, double VehiclesPerHour, double VehiclesPerHourDeviation, ImmutableArray<Turn> Turns);

    /// <summary>A movement of the lane.</summary>
    /// <param name="To">Name of the exit lane.</param>
    /// <param name="Share">Of the lane's traffic, 0 to 1.</param>
    /// <param name="Deviation">Standard deviation of the share.</param>
    public sealed record Turn(string To, double Share, double Deviation);

    /// <summary>A link from a neighbour.</summary>
    /// <param name="From">Index of the neighbour in the network.</param>
    /// <param name="TravelSeconds">Mean time from its exit loop to our advance loops.</param>
    /// <param name="TravelDeviation">Mean deviation in s.</param>
    /// <param name="ArriveShare">Share of those told of who come, 0 to 1.</param>
    public sealed record Link(int From, double TravelSeconds, double TravelDeviation, double ArriveShare);
}
