using System.Runtime.InteropServices;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Routes;

/// <summary>All routes that are driven, and what each lane is worth at each place of them; made before the first step.</summary>
internal sealed class RouteProspects
{
    private readonly StreetMap map;
    private readonly Dictionary<RouteKey, int> routes = [];
    private readonly List<int> firstPlace = [0];
    private readonly List<int> firstProspect = [];
    private readonly List<int> firstLane = [];
    private readonly List<Prospect> prospects = [];
    private int[] firstPlaceOf = [];
    private int[] firstProspectOf = [];
    private int[] firstLaneOf = [];
    private Prospect[] prospectOf = [];

    public RouteProspects(StreetMap map) => this.map = map;

    /// <summary>Number of the route of a vehicle; with stops ahead it has one number for each stop that is done, counting up.</summary>
    public int Add(VehicleDemand vehicle, VehicleType type, double brakeMetres)
    {
        var first = -1;
        for (var done = 0; done <= vehicle.Stops.Length; done++)
        {
            var key = new RouteKey(vehicle.Route, type.Class, brakeMetres, vehicle.Arrival.Lane ?? -1, vehicle.Arrival.PositionMetres ?? 0, vehicle.Stops[done..]);
            if (vehicle.Stops.IsEmpty && routes.TryGetValue(key, out var known)) return known;
            if (done == 0) first = firstPlace.Count - 1;
            if (vehicle.Stops.IsEmpty) routes.Add(key, first);
            Append(key);
        }

        return first;
    }

    /// <summary>Ends the adding.</summary>
    public void Seal() => (firstPlaceOf, firstProspectOf, firstLaneOf, prospectOf) = ([.. firstPlace], [.. firstProspect], [.. firstLane], [.. prospects]);

    /// <summary>Where the prospects of a place of a route begin, those of the outermost lane.</summary>
    public int Begin(int route, int place) => firstProspectOf[firstPlaceOf[route] + place];

    /// <summary>Where those of the next place begin.</summary>
    public int Next(int begin) => begin + prospectOf[begin].Lanes;

    public bool IsLast(int begin) => prospectOf[begin].IsLast;

    public ref readonly Prospect At(int begin, int lane) => ref prospectOf[begin + lane];

    /// <summary>The first lanes of the edges that a prospect reaches without changing lanes, the next first.</summary>
    public ReadOnlySpan<int> EdgesAhead(in Prospect prospect) => firstLaneOf.AsSpan(prospect.Place + 1, prospect.Ahead);

    private void Append(RouteKey key)
    {
        var worth = new LaneWorth(map, key);
        var begin = prospects.Count;
        for (var place = 0; place < key.Edges.Length; place++)
        {
            var lanes = worth.At(place);
            foreach (ref var lane in lanes.AsSpan()) lane.Place = firstProspect.Count;
            firstProspect.Add(prospects.Count);
            firstLane.Add(map.Network.Edges[key.Edges[place]].Lanes[0]);
            prospects.AddRange(lanes);
        }

        LinkUp(CollectionsMarshal.AsSpan(prospects)[begin..]);
        firstPlace.Add(firstProspect.Count);
    }

    /// <summary>Finds for the lanes of a route, the last first, onto which they lead.</summary>
    private void LinkUp(Span<Prospect> route)
    {
        for (var at = route.Length - 1; at >= 0; at--)
        {
            ref var lane = ref route[at];
            if (lane.Link < 0) continue;
            var to = map.Links[lane.Link].To;
            var next = firstProspect[lane.Place + 1] - firstProspect[route[0].Place] + map.Lanes[to].Position;
            lane.Follow(map.Lanes[to].Position, route[next]);
        }
    }
}
