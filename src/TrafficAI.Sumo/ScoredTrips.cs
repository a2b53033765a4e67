using System.Collections.Immutable;

namespace TrafficAI.Sumo;

/// <summary>A score with what it is made of.</summary>
/// <param name="Vehicles">Every vehicle scheduled in the window, by rising delay, then schedule.</param>
/// <param name="Travel">What else the trip file tells.</param>
public sealed record ScoredTrips(TripScore Score, ImmutableArray<VehicleDelay> Vehicles, TravelFigures Travel);
