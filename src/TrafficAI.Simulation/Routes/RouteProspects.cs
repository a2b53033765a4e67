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
    private readonly List<Prospect> prospects = [];
    private int[] firstPlaceOf = [];
    private int[] firstProspectOf = [];
    private Prospect[] prospectOf = [];

    public RouteProspects(StreetMap map) => this.map = map;

    /// <summary>Number of the route of a vehicle; with stops ahead it has one number for each stop that is done, counting up.</summary>
    public int Add(VehicleDemand vehicle, VehicleType type, double brakeMetres)
    {
        var first = -1;
        for (var done = vehicle.Stops.Length; done >= 0; done--)
        {
            var key = new RouteKey(vehicle.Route, type.Class, brakeMetres, vehicle.Arrival.Lane ?? -1, vehicle.Arrival.PositionMetres ?? 0, vehicle.Stops[done..]);
            if (vehicle.Stops.IsEmpty && routes.TryGetValue(key, out var known)) return known;
            first = firstPlace.Count - 1;
            if (vehicle.Stops.IsEmpty) routes.Add(key, first);
            Append(key);
        }

        return first;
    }

    /// <summary>Ends the adding.</summary>
    public void Seal() => (firstPlaceOf, firstProspectOf, prospectOf) = ([.. firstPlace], [.. firstProspect], [.. prospects]);

    /// <summary>Where the prospects of a place of a route begin, those of the outermost lane.</summary>
    public int Begin(int route, int place) => firstProspectOf[firstPlaceOf[route] + place];

    /// <summary>Where those of the next place begin.</summary>
    public int Next(int begin) => begin + prospectOf[begin].Lanes;

    public bool IsLast(int begin) => prospectOf[begin].IsLast;

    public ref readonly Prospect At(int begin, int lane) => ref prospectOf[begin + lane];

    public ref readonly Prospect this[int prospect] => ref prospectOf[prospect];

    private void Append(RouteKey key)
    {
        var worth = new LaneWorth(map, key);
        for (var place = 0; place < key.Edges.Length; place++)
        {
            firstProspect.Add(prospects.Count);
            var lanes = worth.At(place);
            foreach (ref var lane in lanes.AsSpan()) LinkUp(ref lane, prospects.Count + lanes.Length);
            prospects.AddRange(lanes);
        }

        firstPlace.Add(firstProspect.Count);
    }

    /// <param name="beginNext">Where the prospects of the next place begin.</param>
    private void LinkUp(ref Prospect lane, int beginNext)
    {
        (lane.To, lane.Next) = (StreetMap.None, StreetMap.None);
        if (lane.Link < 0) return;
        lane.To = map.Links[lane.Link].To;
        lane.Next = beginNext + map.Lanes[lane.To].Position;
    }
}
