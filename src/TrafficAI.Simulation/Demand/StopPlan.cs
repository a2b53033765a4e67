using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Puts the stops that a vehicle is to make onto its route.</summary>
internal static class StopPlan
{
    /// <summary>Each stop at the first place of the route at or behind the one before it.</summary>
    public static ImmutableArray<PlannedStop> Place(DemandElement owner, RoadNetwork network, ImmutableArray<int> route, IEnumerable<StopWish> wishes)
    {
        var planned = ImmutableArray.CreateBuilder<PlannedStop>();
        var (at, metres) = (0, 0.0);
        foreach (var wish in wishes)
        {
            var edge = network.Lanes[wish.Place.Lane].Edge;
            var from = route[at] == edge && wish.Place.EndMetres < metres ? at + 1 : at;
            var index = from < route.Length ? route.IndexOf(edge, from) : -1;
            if (index < 0)
            {
                throw owner.Error($"stops on lane {DemandElement.Quote(network.Lanes[wish.Place.Lane].Id.Value)}, which does not lie on its route behind the stop before it",
                    "Correct the stop, or lead the route there");
            }
            (at, metres) = (index, wish.Place.EndMetres);
            planned.Add(new(
                index, wish.Place.Lane, wish.Place.StartMetres, wish.Place.EndMetres, wish.DurationMilliseconds / 1000.0,
                wish.UntilMilliseconds / 1000.0, wish.Parking, wish.Place.Id));
        }
        return planned.ToImmutable();
    }

    /// <summary>The edges of the stops of a trip, which its way must pass, without those where it begins and ends.</summary>
    public static ImmutableArray<int> EdgesBetween(RoadNetwork network, ImmutableArray<StopWish> stops, int from, int to)
    {
        var edges = stops.Select(stop => network.Lanes[stop.Place.Lane].Edge).ToList();
        if (edges is [var first, ..] && first == from) edges.RemoveAt(0);
        if (edges is [.., var last] && last == to) edges.RemoveAt(edges.Count - 1);
        return [.. edges];
    }
}
