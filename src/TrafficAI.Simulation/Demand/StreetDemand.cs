using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>Who is to drive and to walk; immutable.</summary>
/// <param name="Vehicles">By time of departure; those of the same time in the order of the files.</param>
/// <param name="Persons">In the same order.</param>
/// <param name="NotSupported">What the files hold beyond that, in the order in which it was met first.</param>
public sealed record StreetDemand(
    ImmutableArray<VehicleType> Types,
    ImmutableArray<VehicleDemand> Vehicles,
    ImmutableArray<PersonDemand> Persons,
    ImmutableArray<NotSupported> NotSupported)
{
    /// <summary>Nobody.</summary>
    public static StreetDemand None { get; } = new([], [], [], []);
}
