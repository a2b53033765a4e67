using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>Which lanes vehicles come from, lane by lane against the traffic, up to the next light. U-turns are left out: a lane that leads
/// away from the intersection would count as an approach wherever the next junction lets vehicles turn back.</summary>
internal sealed class ApproachChains
{
    private const double FarthestMetres = 200;

    private readonly ImmutableArray<Lane> lanes;
    private readonly int[][] upstream;

    public ApproachChains(ImmutableArray<Lane> lanes, ImmutableArray<Connection> connections)
    {
        this.lanes = lanes;
        upstream = FindUpstream(lanes, connections);
    }

    /// <summary>Lanes that lead into a lane without a light between, rising, each once.</summary>
    public ReadOnlySpan<int> Upstream(int lane) => upstream[lane];

    /// <summary>The lanes within 200 m before the stop lines: the stop lanes, then the others by the number of joints between,
    /// then by index.</summary>
    public ImmutableArray<ObservedLane> Observe(ImmutableArray<StopLane> stopLanes)
    {
        var isStopLane = stopLanes.Select(stop => stop.Lane).ToHashSet();
        var sights = new SortedDictionary<int, Sight>();
        foreach (var stop in stopLanes) Walk(stop, isStopLane, sights);

        var observed = ImmutableArray.CreateBuilder<ObservedLane>(stopLanes.Length + sights.Count);
        foreach (var stop in stopLanes) observed.Add(new(observed.Count, stop.Lane, 0, [stop.Index]));
        foreach (var (lane, sight) in sights.OrderBy(sight => sight.Value.Joints))
            observed.Add(new(observed.Count, lane, sight.OffsetMetres, [.. sight.StopLanes]));
        return observed.MoveToImmutable();
    }

    /// <summary>Goes upstream from one stop lane, the nearest lane first.</summary>
    private void Walk(StopLane stop, HashSet<int> isStopLane, SortedDictionary<int, Sight> sights)
    {
        var seen = new HashSet<int>();
        var open = new PriorityQueue<int, (double Offset, int Joints, int Lane)>();
        open.Enqueue(stop.Lane, (0, 0, stop.Lane));
        while (open.TryDequeue(out var lane, out var at))
        {
            if (!seen.Add(lane)) continue;
            if (lane != stop.Lane) Note(lane, at.Offset, at.Joints);
            var offset = at.Offset + lanes[lane].LengthMetres;
            if (offset >= FarthestMetres) continue;
            foreach (var from in upstream[lane])
            {
                if (!isStopLane.Contains(from) && !seen.Contains(from)) open.Enqueue(from, (offset, at.Joints + 1, from));
            }
        }

        void Note(int lane, double offset, int joints)
        {
            if (!sights.TryGetValue(lane, out var sight)) sights.Add(lane, sight = new());
            sight.OffsetMetres = Math.Min(sight.OffsetMetres, offset);
            sight.Joints = Math.Min(sight.Joints, joints);
            sight.StopLanes.Add(stop.Index);
        }
    }

    private static int[][] FindUpstream(ImmutableArray<Lane> lanes, ImmutableArray<Connection> connections)
    {
        var found = new SortedSet<int>?[lanes.Length];
        foreach (var connection in connections)
        {
            var next = connection.ViaLane >= 0 ? connection.ViaLane : connection.ToLane;
            var allowed = lanes[connection.FromLane].Allowed & lanes[next].Allowed & VehicleClasses.Motor;
            if (connection.Signal >= 0 || connection.Direction == TurnDirection.UTurn || allowed == VehicleClasses.None) continue;
            (found[next] ??= []).Add(connection.FromLane);
        }

        return [.. found.Select(lanesBefore => lanesBefore?.ToArray() ?? [])];
    }

    private sealed class Sight
    {
        public double OffsetMetres { get; set; } = double.PositiveInfinity;

        public int Joints { get; set; } = int.MaxValue;

        public List<int> StopLanes { get; } = [];
    }
}
