using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Which edge follows which, for whom.</summary>
internal sealed class EdgeGraph
{
    private readonly Dictionary<string, int> edgeById;
    private readonly int[][] connectionsFromLane;
    private readonly Dictionary<VehicleClasses, Successor[][]> successors = [];

    public EdgeGraph(RoadNetwork network)
    {
        Network = network;
        edgeById = network.Edges.ToDictionary(edge => edge.Id.Value, edge => edge.Index, StringComparer.Ordinal);
        var lists = network.Connections.ToLookup(connection => connection.FromLane, connection => connection.Index);
        connectionsFromLane = [.. network.Lanes.Select(lane => lists[lane.Index].ToArray())];
    }

    public RoadNetwork Network { get; }

    /// <summary>The edge of that id; −1 if there is none that one can drive or walk along.</summary>
    public int Find(string id) =>
        edgeById.TryGetValue(id, out var index) && Network.Edges[index].Function is EdgeFunction.Normal or EdgeFunction.Connector ? index : -1;

    /// <summary>Whether a lane of the edge lets the class in.</summary>
    public bool Admits(int edge, VehicleClasses vehicleClass) =>
        Network.Edges[edge].Lanes.Any(lane => (Network.Lanes[lane].Allowed & vehicleClass) != 0);

    /// <summary>Whether the class can drive from one edge straight on to the other.</summary>
    public bool Follows(int edge, int next, VehicleClasses vehicleClass) => Successors(edge, vehicleClass).Any(way => way.Edge == next);

    /// <summary>The edges that follow, each once, with the first connection there, by lane from the outside and then as the file says.</summary>
    public Successor[] Successors(int edge, VehicleClasses vehicleClass)
    {
        if (!successors.TryGetValue(vehicleClass, out var ofClass))
            successors.Add(vehicleClass, ofClass = new Successor[Network.Edges.Length][]);
        return ofClass[edge] ??= Find(edge, vehicleClass);
    }

    /// <summary>The connection with which a lane inside a junction goes on towards a lane; −1 where the way ends.</summary>
    public int Onward(int insideLane, int toLane)
    {
        foreach (var index in connectionsFromLane[insideLane])
        {
            if (Network.Connections[index].ToLane == toLane)
                return index;
        }
        return -1;
    }

    private Successor[] Find(int edge, VehicleClasses vehicleClass)
    {
        var found = new List<Successor>();
        foreach (var lane in Network.Edges[edge].Lanes)
        {
            if ((Network.Lanes[lane].Allowed & vehicleClass) == 0) continue;
            foreach (var index in connectionsFromLane[lane])
            {
                var to = Network.Lanes[Network.Connections[index].ToLane];
                if ((to.Allowed & vehicleClass) != 0 && IsStreet(to.Edge) && !found.Exists(way => way.Edge == to.Edge))
                    found.Add(new(to.Edge, index));
            }
        }
        return [.. found];
    }

    private bool IsStreet(int edge) => Network.Edges[edge].Function is EdgeFunction.Normal or EdgeFunction.Connector;
}

/// <param name="Edge">Index of the edge that follows.</param>
/// <param name="Connection">Index of a connection that leads there.</param>
internal readonly record struct Successor(int Edge, int Connection);
