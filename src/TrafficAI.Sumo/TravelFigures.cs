namespace TrafficAI.Sumo;

/// <summary>How people got on, and what it cost the air, from the trip file. Null is what the file does not tell: the built-in street
/// has no model of emissions.</summary>
/// <param name="StopsPerVehicle">How often a vehicle that entered came to stand, mean.</param>
/// <param name="VehicleKm">Driven by all that entered.</param>
/// <param name="Co2GramsPerKm">Of all that entered, per kilometre driven, by SUMO's own emission model (HBEFA 3).</param>
/// <param name="Buses">Scheduled in the window.</param>
/// <param name="BusDelaySeconds">Mean delay of a bus, as in <see cref="TripScore.DelaySeconds"/>, beyond its stops.</param>
/// <param name="Walks">Walks that began in the window and ended before the run did.</param>
/// <param name="WalkDelaySeconds">Mean of what a walk took longer than at the walker's own pace.</param>
public sealed record TravelFigures(
    double? StopsPerVehicle, double? VehicleKm, double? Co2GramsPerKm, int Buses, double? BusDelaySeconds, int Walks, double? WalkDelaySeconds);
