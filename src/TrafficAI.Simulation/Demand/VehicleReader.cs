using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>Reads <c>vehicle</c>, <c>trip</c> and <c>flow</c>.</summary>
internal sealed class VehicleReader(
    EdgeGraph graph, TypeTable types, NamedRoutes routes, StopTable stops, DemandChance chance, LeftOut leftOut, DemandWindow window)
{
    private static readonly ImmutableHashSet<string> Used =
    [
        "id", "type", "route", "from", "to", "via", "depart", "departLane", "departPos", "departSpeed", "arrivalPos", "arrivalLane", "arrivalSpeed",
        "speedFactor", "begin", "end", "number", "period", "vehsPerHour", "perHour", "probability",
    ];

    private static readonly ImmutableHashSet<string> WithoutEffect = ["color", "line", "personNumber", "containerNumber", "departPosLat", "arrivalPosLat"];

    private static readonly ImmutableHashSet<string> Inside = ["route", "routeDistribution", "stop", "param"];

    private readonly ShortestPath paths = new(graph);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<VehicleDemand> vehicles = [];
    private readonly List<VehicleDemand> ofFlows = [];

    /// <summary>By departure; of those that depart together those of flows last, as SUMO makes them in the second itself.</summary>
    public ImmutableArray<VehicleDemand> ToImmutable() => [.. vehicles.Concat(ofFlows).OrderBy(vehicle => vehicle.DepartSeconds)];

    /// <param name="depart">In milliseconds, within the window.</param>
    public void Add(DemandElement element, long depart)
    {
        if (Prepare(element) is not { } plan) return;
        vehicles.Add(Make(element, plan, element.Required("id", "Name the vehicle"), depart, plan.Stops));
    }

    public void AddFlow(DemandElement element, long begin, long? end)
    {
        var name = element.Required("id", "Name the flow");
        if (Prepare(element) is not { } plan) return;
        var first = element.Time("begin") ?? begin;
        foreach (var (index, depart) in FlowTimes.Read(element, window, begin, end, chance.For(name, "flow")).Index())
            ofFlows.Add(Make(element, plan, $"{name}.{index}", depart, [.. plan.Stops.Select(stop => Later(stop, depart - first))]));
    }

    /// <summary>What all vehicles of the element share.</summary>
    private sealed record Plan(Manner Manner, Distribution<NamedRoute>? Inside, ImmutableArray<StopWish> Stops);

    /// <summary>Null where the vehicle cannot be made, which is then counted.</summary>
    private Plan? Prepare(DemandElement element)
    {
        leftOut.AddAttributes(element, Used, WithoutEffect);
        foreach (var child in element.Children.Where(child => !Inside.Contains(child.Name)))
            leftOut.Add(child, $"{child.Name} in {element.Name}");
        var inside = routes.ReadInside(element);
        if (inside is null && !element.Has("route") && !(element.Has("from") && element.Has("to")))
        {
            leftOut.Add(element, $"{element.Name} with neither a route nor edges \"from\" and \"to\"");
            return null;
        }
        return new(
            DepartureReader.Read(element, leftOut), inside, [.. element.Children.Where(child => child.Name == "stop").Select(stops.Read).OfType<StopWish>()]);
    }

    private VehicleDemand Make(DemandElement element, Plan plan, string id, long depart, ImmutableArray<StopWish> ownStops)
    {
        if (!ids.Add(id)) throw element.Error($"makes a second vehicle {DemandElement.Quote(id)}", "Rename or remove one of them");
        var drawn = types.Find(element, id);
        var type = element.Positive("speedFactor") is { } factor ? types.WithSpeedFactor(drawn, factor) : drawn;
        if (VehicleTypeReader.Bluelight(element) is { } bluelight) type = types.WithBluelight(type, bluelight);
        var route = Route(element, plan, id, types[type], ownStops);
        var wishes = route.Stops.Select(stop => Later(stop, depart)).Concat(ownStops);
        var arrival = plan.Manner.ArrivesAnywhere ? Anywhere(plan.Manner.Arrival, route.Edges[^1], id) : plan.Manner.Arrival;
        return new(
            id, type, depart / 1000.0, route.Edges, plan.Manner.Lane, plan.Manner.Position, plan.Manner.Speed, arrival,
            StopPlan.Place(element, graph.Network, route.Edges, wishes));
    }

    private NamedRoute Route(DemandElement element, Plan plan, string id, VehicleType type, ImmutableArray<StopWish> ownStops)
    {
        var route = plan.Inside?.Draw(chance.For(id, "route")) ?? (element.Optional("route") is { } name ? routes.Find(element, id, name) : null);
        if (route is null) return new(Trip(element, type, ownStops), []);
        CheckRoute(element, route.Edges, type);
        return route;
    }

    private ImmutableArray<int> Trip(DemandElement element, VehicleType type, ImmutableArray<StopWish> ownStops)
    {
        var from = routes.ReadEdge(element, "from", element.Optional("from")!);
        var to = routes.ReadEdge(element, "to", element.Optional("to")!);
        var via = element.Has("via")
            ? [.. routes.ReadEdges(element, "via").Where(edge => edge != from && edge != to)]
            : StopPlan.EdgesBetween(graph.Network, ownStops, from, to);
        CheckAdmitted(element, type, [from, .. via, to]);
        var path = new List<int> { from };
        foreach (var next in via.Add(to))
        {
            if (next == path[^1] && next == to && via.Length == 0) continue; // a trip along one edge
            path.AddRange(Leg(element, path[^1], next, type)[1..]);
        }
        return [.. path];
    }

    private ImmutableArray<int> Leg(DemandElement element, int from, int to, VehicleType type) => paths.Find(from, to, type) is { Length: > 0 } leg
        ? leg
        : throw element.Error($"finds no way from edge {Quoted(from)} to edge {Quoted(to)} for class {type.Class}", "Correct the edges, or their permissions");

    private void CheckRoute(DemandElement element, ImmutableArray<int> edges, VehicleType type)
    {
        CheckAdmitted(element, type, edges);
        for (var i = 1; i < edges.Length; i++)
        {
            if (!graph.Follows(edges[i - 1], edges[i], type.Class))
            {
                throw element.Error($"has a route on which edge {Quoted(edges[i])} does not follow edge {Quoted(edges[i - 1])} for class {type.Class}",
                    "Correct the route, or find it anew with duarouter");
            }
        }
    }

    private void CheckAdmitted(DemandElement element, VehicleType type, IEnumerable<int> edges)
    {
        foreach (var edge in edges)
        {
            if (!graph.Admits(edge, type.Class))
                throw element.Error($"may not use edge {Quoted(edge)}: no lane of it admits class {type.Class}", "Correct the route, the type, or the lane's permissions");
        }
    }

    private Arrival Anywhere(Arrival arrival, int edge, string id) =>
        arrival with { PositionMetres = chance.For(id, "arrival").NextUnit() * graph.Network.Lanes[graph.Network.Edges[edge].Lanes[0]].LengthMetres };

    private static StopWish Later(StopWish stop, long milliseconds) => stop with { UntilMilliseconds = stop.UntilMilliseconds + milliseconds };

    private string Quoted(int edge) => DemandElement.Quote(graph.Network.Edges[edge].Id.Value);
}
