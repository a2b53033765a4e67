using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Collects the demand of several files.</summary>
internal sealed class DemandAssembly
{
    /// <summary>Elements that say nothing about who drives where: detectors, outputs, programmes (read elsewhere) and drawings.</summary>
    private static readonly ImmutableHashSet<string> WithoutEffect =
    [
        "param", "tlLogic", "WAUT", "wautJunction", "timedEvent", "e1Detector", "inductionLoop", "instantInductionLoop", "e2Detector", "laneAreaDetector",
        "e3Detector", "entryExitDetector", "edgeData", "laneData", "vTypeProbe", "routeProbe", "poly", "poi", "location", "include", "interval",
    ];

    private readonly DemandWindow window;
    private readonly LeftOut leftOut = new();
    private readonly TypeTable types;
    private readonly StopTable stops;
    private readonly NamedRoutes routes;
    private readonly VehicleReader vehicles;
    private readonly PersonReader persons;
    private DepartureOrder order = new(sorted: false);

    public DemandAssembly(RoadNetwork network, DemandWindow window, int seed)
    {
        this.window = window;
        var graph = new EdgeGraph(network);
        var chance = new DemandChance(seed);
        types = new(chance, leftOut);
        stops = new(network, leftOut);
        routes = new(graph, stops, chance, leftOut);
        vehicles = new(graph, types, routes, stops, chance, leftOut, window);
        persons = new(graph, types, routes, stops, chance, leftOut, window);
    }

    public void Read(DemandFile file)
    {
        order = new(sorted: !file.IsAdditional);
        foreach (var element in DemandXml.Read(file))
            Read(element, window.BeginMilliseconds, null);
    }

    public StreetDemand ToDemand() => new(types.ToImmutable(), vehicles.ToImmutable(), persons.ToImmutable(), leftOut.ToImmutable());

    /// <param name="begin">Where a flow names no begin of its own.</param>
    /// <param name="end">Where a flow names no end of its own; null for none.</param>
    private void Read(DemandElement element, long begin, long? end)
    {
        switch (element.Name)
        {
            case "vType": types.AddType(element); break;
            case "vTypeDistribution": types.AddDistribution(element); break;
            case "route": routes.Add(element); break;
            case "routeDistribution": routes.AddDistribution(element); break;
            case "busStop" or "trainStop": stops.AddPlace(element); break;
            case "vehicle" or "trip": ReadOne(element); break;
            case "flow" when InOrder(element, element.Time("begin") ?? begin): vehicles.AddFlow(element, begin, end); break;
            case "person" when Departs(element) is { } depart && InOrder(element, depart): persons.Add(element, depart); break;
            case "personFlow" when InOrder(element, element.Time("begin") ?? begin): persons.AddFlow(element, begin, end); break;
            case "interval" when element.Children.Any(): ReadInterval(element); break;
            case "flow" or "person" or "personFlow": break; // counted by InOrder or Departs
            default:
                if (!WithoutEffect.Contains(element.Name)) leftOut.Add(element, element.Name);
                break;
        }
    }

    private void ReadOne(DemandElement element)
    {
        if (Departs(element) is not { } depart || !InOrder(element, depart)) return;
        if (window.Holds(depart)) vehicles.Add(element, depart);
    }

    private void ReadInterval(DemandElement interval)
    {
        foreach (var child in interval.Children)
            Read(child, interval.Time("begin") ?? window.BeginMilliseconds, interval.Time("end"));
    }

    private long? Departs(DemandElement element)
    {
        if (element.Required("depart", "Say when it departs") is not ("triggered" or "containerTriggered" or "split" or "now" or "begin")) return element.Time("depart");
        leftOut.Add(element, $"{element.Name} with depart \"{element.Optional("depart")}\"");
        return null;
    }

    private bool InOrder(DemandElement element, long depart)
    {
        if (order.Admits(depart, isLine: element.Has("line"))) return true;
        leftOut.Add(element, $"{element.Name} that departs before the one above it in a route file (SUMO ignores it too: sort the file)");
        return false;
    }
}
