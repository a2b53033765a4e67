using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>A route as the file gives it: edges in order, and stops for everybody who drives it.</summary>
internal sealed record NamedRoute(ImmutableArray<int> Edges, ImmutableArray<StopWish> Stops);

/// <summary>The routes and distributions of routes that were read so far.</summary>
internal sealed class NamedRoutes(EdgeGraph graph, StopTable stops, DemandChance chance, LeftOut leftOut)
{
    private static readonly ImmutableHashSet<string> Known =
        ["id", "refId", "edges", "probability", "color", "cost", "savings", "replacedOnEdge", "reason", "replacedAtTime", "exitTimes"];

    private readonly Dictionary<string, Distribution<NamedRoute>> routes = new(StringComparer.Ordinal);

    public void Add(DemandElement element) => Add(element, new([(ReadRoute(element), 1)]));

    public void AddDistribution(DemandElement element) => Add(element, ReadDistribution(element));

    /// <summary>The route of that name for one vehicle.</summary>
    /// <param name="id">Of the vehicle: decides what is drawn from a distribution.</param>
    public NamedRoute Find(DemandElement owner, string id, string name) => routes.TryGetValue(name, out var choice)
        ? choice.Draw(chance.For(id, "route"))
        : throw owner.Error($"has the route {DemandElement.Quote(name)}, which is not defined before it", "Define the route above it, or correct the name");

    /// <summary>The route or distribution that stands inside a vehicle or flow; null if there is none.</summary>
    public Distribution<NamedRoute>? ReadInside(DemandElement owner)
    {
        foreach (var child in owner.Children)
        {
            if (child.Name == "route") return new([(ReadRoute(child), 1)]);
            if (child.Name == "routeDistribution") return ReadDistribution(child);
        }
        return null;
    }

    public ImmutableArray<int> ReadEdges(DemandElement element, string attribute) =>
        [.. element.List(attribute).Select(id => ReadEdge(element, attribute, id))];

    public int ReadEdge(DemandElement element, string attribute, string id) => graph.Find(id) is >= 0 and var edge
        ? edge
        : throw element.Error($"names the edge {DemandElement.Quote(id)} in \"{attribute}\", which is not in the network", "Correct the name, or give the network that belongs to it");

    private void Add(DemandElement element, Distribution<NamedRoute> choice)
    {
        if (!routes.TryAdd(element.Required("id", "Name the route"), choice))
            throw element.Error("is the second route of that id", "Rename or remove one of them");
    }

    private NamedRoute ReadRoute(DemandElement element)
    {
        leftOut.AddAttributes(element, Known);
        var edges = ReadEdges(element, "edges");
        return edges.Length > 0
            ? new(edges, [.. element.Children.Where(child => child.Name == "stop").Select(stops.Read).OfType<StopWish>()])
            : throw element.Error("has no edges", "Name its edges in \"edges\"");
    }

    private Distribution<NamedRoute> ReadDistribution(DemandElement element)
    {
        var weights = element.List("probabilities").Select(word => element.Number("probabilities", word, 0)).ToList();
        var named = element.List("routes").Index().SelectMany(pair =>
            Alternatives(element, pair.Item, pair.Index < weights.Count ? weights[pair.Index] : 1));
        var nested = element.Children.Where(child => child.Name == "route").SelectMany(child => child.Optional("refId") is { } name
            ? Alternatives(child, name, child.Number("probability", 0) ?? 1)
            : Own(child));
        return Distribution<NamedRoute>.Of(element, [.. named, .. nested]);
    }

    private IEnumerable<(NamedRoute Route, double Weight)> Own(DemandElement child)
    {
        var route = ReadRoute(child);
        if (child.Has("id")) Add(child, new([(route, 1)]));
        yield return (route, child.Number("probability", 0) ?? 1);
    }

    private IEnumerable<(NamedRoute Route, double Weight)> Alternatives(DemandElement owner, string name, double weight)
    {
        if (!routes.TryGetValue(name, out var choice))
            throw owner.Error($"names the route {DemandElement.Quote(name)}, which is not defined before it", "Define the route above it, or correct the name");
        var sum = choice.Alternatives.Sum(alternative => alternative.Weight);
        return choice.Alternatives.Select(alternative => (alternative.Value, alternative.Weight / sum * weight));
    }
}
