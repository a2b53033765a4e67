using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary><see cref="TravelFigures"/> of a run, in the words of docs/json.md. Null is what the street does not tell.</summary>
public sealed record RunTravel(double? StopsPerVehicle, double? VehicleKm, double? Co2GPerKm, int Buses, double? BusDelayS, int Walks, double? WalkDelayS)
{
    public static RunTravel Of(TravelFigures travel) => new(
        travel.StopsPerVehicle, travel.VehicleKm, travel.Co2GramsPerKm, travel.Buses, travel.BusDelaySeconds, travel.Walks, travel.WalkDelaySeconds);
}
