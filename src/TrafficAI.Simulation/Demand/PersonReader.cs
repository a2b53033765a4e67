using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Reads <c>person</c> and <c>personFlow</c>: those who walk. Whoever rides or waits is left out from there on, and counted.</summary>
internal sealed class PersonReader(
    EdgeGraph graph, TypeTable types, NamedRoutes routes, StopTable stops, DemandChance chance, LeftOut leftOut, DemandWindow window)
{
    private static readonly ImmutableHashSet<string> Used =
        ["id", "type", "depart", "departPos", "begin", "end", "number", "period", "perHour", "personsPerHour", "probability", "color"];

    private static readonly ImmutableHashSet<string> UsedByWalk = ["edges", "route", "from", "to", "busStop", "arrivalPos", "departPos", "speed"];

    private readonly WalkingPath paths = new(graph);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<PersonDemand> persons = [];
    private readonly List<PersonDemand> ofFlows = [];

    public ImmutableArray<PersonDemand> ToImmutable() => [.. persons.Concat(ofFlows).OrderBy(person => person.DepartSeconds)];

    public void Add(DemandElement element, long depart)
    {
        if (window.Holds(depart) && Make(element, element.Required("id", "Name the person"), depart) is { } person)
            persons.Add(person);
    }

    public void AddFlow(DemandElement element, long begin, long? end)
    {
        var name = element.Required("id", "Name the flow");
        foreach (var (index, depart) in FlowTimes.Read(element, window, begin, end, chance.For(name, "flow")).Index())
        {
            if (Make(element, $"{name}.{index}", depart) is { } person)
                ofFlows.Add(person);
        }
    }

    private PersonDemand? Make(DemandElement element, string id, long depart)
    {
        if (!ids.Add(id)) throw element.Error($"makes a second person {DemandElement.Quote(id)}", "Rename or remove one of them");
        leftOut.AddAttributes(element, Used);
        var type = types.FindPerson(element, id);
        var walks = ReadWalks(element, id);
        return walks.Length > 0 ? new(id, type, depart / 1000.0, Depart(element, id, walks[0].Edges[0]), walks) : null;
    }

    private ImmutableArray<PlannedWalk> ReadWalks(DemandElement element, string id)
    {
        var walks = ImmutableArray.CreateBuilder<PlannedWalk>();
        foreach (var stage in element.Children.Where(child => child.Name != "param"))
        {
            if (stage.Name is not ("walk" or "personTrip") || stage.Optional("modes") is { } modes && modes != "walk")
            {
                leftOut.Add(stage, $"{stage.Name} of a person");
                break;
            }
            leftOut.AddAttributes(stage, UsedByWalk, ["modes"]);
            walks.Add(ReadWalk(stage, id, walks.Count > 0 ? walks[^1].Edges[^1] : -1));
        }
        return walks.ToImmutable();
    }

    /// <param name="last">The edge on which the walk before it ends; −1 if it is the first.</param>
    private PlannedWalk ReadWalk(DemandElement stage, string id, int last)
    {
        var place = stage.Optional("busStop") is { } name
            ? stops.Find(name) ?? throw stage.Error($"leads to the bus stop {DemandElement.Quote(name)}, which is not defined before it", "Put it into an additional file")
            : (StopPlace?)null;
        var edges = stage.Has("edges") ? routes.ReadEdges(stage, "edges")
            : stage.Optional("route") is { } route ? routes.Find(stage, id, route).Edges
            : Between(stage, last, place);
        if (edges.IsEmpty) throw stage.Error("has no edges", "Name the edges to walk along");
        foreach (var edge in edges)
        {
            if (!graph.Admits(edge, VehicleClasses.Pedestrian))
                throw stage.Error($"leads along edge {DemandElement.Quote(graph.Network.Edges[edge].Id.Value)}, which has no lane for pedestrians", "Correct the walk");
        }
        var arrival = stage.Number("arrivalPos") ?? (place is { } at ? (at.StartMetres + at.EndMetres) / 2 : null);
        return new(edges, arrival, stage.Positive("speed"));
    }

    private ImmutableArray<int> Between(DemandElement stage, int last, StopPlace? place)
    {
        const string Next = "Give \"edges\", or \"from\" and \"to\"";
        var from = stage.Optional("from") is { } begin ? routes.ReadEdge(stage, "from", begin) : last >= 0 ? last : throw stage.Error("does not say where it begins", Next);
        var to = stage.Optional("to") is { } end ? routes.ReadEdge(stage, "to", end)
            : place is { } at ? graph.Network.Lanes[at.Lane].Edge
            : throw stage.Error("does not say where it ends", Next);
        return paths.Find(from, to) is { Length: > 0 } path ? path : throw stage.Error("finds no way on foot from its first edge to its last", "Correct the edges, or add sidewalks");
    }

    private double Depart(DemandElement element, string id, int edge) => element.Optional("departPos") switch
    {
        null or "base" => 0,
        "random" => chance.For(id, "depart").NextUnit() * graph.Network.Lanes[graph.Network.Edges[edge].Lanes[0]].LengthMetres,
        var text => element.Number("departPos", text),
    };
}
