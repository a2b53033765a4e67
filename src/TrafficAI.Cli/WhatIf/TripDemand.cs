using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Optimisation.Reconstruction;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Cli.WhatIf;

/// <summary>Reconstructed trips as a demand for the built-in street.</summary>
internal static class TripDemand
{
    private const string TypeId = "reconstructed";

    /// <param name="factor">Of the demand: each trip is driven so often on average, copies up to half a minute later.</param>
    public static StreetDemand Of(RoadNetwork network, ImmutableArray<ReconstructedTrip> trips, double factor, int seed)
    {
        var type = VehicleTypes.Default(VehicleClasses.Passenger, TypeId);
        var chance = new SplitMix64((ulong)seed);
        var vehicles = trips.SelectMany((trip, index) => Copies(factor, chance).Select(copy => (
            Id: string.Create(CultureInfo.InvariantCulture, $"{index}{(copy.Number == 0 ? "" : $".copy{copy.Number + 1}")}"), Trip: trip with { DepartSeconds = trip.DepartSeconds + copy.Later })));
        return new(
            [type], [.. vehicles.OrderBy(one => one.Trip.DepartSeconds).Select(one => Vehicle(network, one.Id, one.Trip))], [], []);
    }

    private static IEnumerable<(int Number, int Later)> Copies(double factor, SplitMix64 chance)
    {
        var whole = (int)Math.Floor(factor);
        var times = whole + (factor > whole && chance.NextUnit() < factor - whole ? 1 : 0);
        for (var number = 0; number < times; number++) yield return (number, number == 0 ? 0 : chance.NextBetween(1, 30));
    }

    private static VehicleDemand Vehicle(RoadNetwork network, string id, ReconstructedTrip trip) => new(
        id, 0, Math.Round(trip.DepartSeconds * 1000) / 1000, trip.Edges, trip.Lane is { } lane ? new(DepartLaneKind.Index, lane) : new(DepartLaneKind.Best), new(DepartPositionKind.Base), new(DepartSpeedKind.Max),
        new(trip.EndsMidway ? network.Lanes[network.Edges[trip.Edges[^1]].Lanes[0]].LengthMetres / 2 : null, null, null), []);
}
