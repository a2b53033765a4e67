using TrafficAI.Network;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Walking;

/// <summary>Finds how a walk goes on from edge to edge: over which walking areas and crossings.</summary>
internal sealed class WalkPlanner
{
    private readonly StreetMap map;
    private readonly List<int>[] beside;
    private readonly double[] metres;
    private readonly int[] previous;

    public WalkPlanner(StreetMap map)
    {
        this.map = map;
        beside = [.. map.Lanes.Select(_ => new List<int>())];
        (metres, previous) = (new double[map.Lanes.Length], new int[map.Lanes.Length]);
        foreach (var link in map.Network.Connections)
        {
            if (!IsWalkable(link.FromLane) || !IsWalkable(link.ToLane)) continue;
            beside[link.FromLane].Add(link.ToLane);
            beside[link.ToLane].Add(link.FromLane);
        }
    }

    /// <summary>The pieces of all walks of a person, in order.</summary>
    public Leg[] Plan(PersonDemand person)
    {
        var legs = new List<Leg>();
        var begin = Along(person.Walks[0].Edges[0], person.DepartMetres);
        for (var i = 0; i < person.Walks.Length; i++)
        {
            begin = Append(legs, person.Walks[i], begin);
        }

        return [.. legs];
    }

    /// <returns>Where on its last edge the walk ends, metres.</returns>
    private double Append(List<Leg> legs, PlannedWalk walk, double begin)
    {
        var at = begin;
        for (var i = 0; i < walk.Edges.Length; i++)
        {
            var length = LengthOf(walk.Edges[i]);
            var isLast = i + 1 == walk.Edges.Length;
            double end;
            if (isLast) end = walk.ArrivalMetres is { } given ? Along(walk.Edges[i], given) : at < length / 2 ? length : 0;
            else end = IsForward(walk.Edges[i], walk.Edges[i + 1]) ? length : 0;
            legs.Add(new(StreetMap.None, StreetMap.None, Math.Abs(end - at), true));
            if (isLast) return end;
            Cross(legs, walk.Edges[i], walk.Edges[i + 1]);
            at = StartsAtBegin(walk.Edges[i], walk.Edges[i + 1]) ? 0 : LengthOf(walk.Edges[i + 1]);
        }

        return at;
    }

    private double LengthOf(int edge) => map.Lanes[map.Network.Edges[edge].Lanes[0]].Length;

    private double Along(int edge, double given) => Math.Clamp(given < 0 ? LengthOf(edge) + given : given, 0, LengthOf(edge));

    private bool IsForward(int edge, int next)
    {
        var (from, to) = (map.Network.Edges[edge], map.Network.Edges[next]);
        return from.To == to.From || from.To == to.To;
    }

    private bool StartsAtBegin(int edge, int next)
    {
        var (from, to) = (map.Network.Edges[edge], map.Network.Edges[next]);
        return to.From == (IsForward(edge, next) ? from.To : from.From);
    }

    private bool IsWalkable(int lane) => (map.Lanes[lane].Allowed & VehicleClasses.Pedestrian) != 0;

    /// <summary>The shortest way between two edges inside their junction, and the shortest over other crossings; nothing where the network has none.</summary>
    private void Cross(List<Leg> legs, int edge, int next)
    {
        var (from, to) = (Sidewalk(edge), Sidewalk(next));
        if (from < 0 || to < 0 || !Search(from, to, StreetMap.None)) return;
        var way = WayBetween(from, to);
        if (way.FindIndex(leg => leg.Crossing >= 0) is >= 0 and var first && Search(from, to, way[first].Crossing))
        {
            var other = WayBetween(from, to);
            way[0] = way[0] with { Other = way.Count };
            way[^1] = way[^1] with { Skip = other.Count };
            way.AddRange(other);
        }

        legs.AddRange(way);
    }

    private List<Leg> WayBetween(int from, int to)
    {
        var lanes = new List<int>();
        for (var lane = previous[to]; lane != from && lane >= 0; lane = previous[lane]) lanes.Add(lane);
        lanes.Reverse();
        return [.. lanes.Select((lane, i) => map.Network.Edges[map.Lanes[lane].Edge].Function == EdgeFunction.Crossing
            ? new Leg(lane, EntryOf(lane), map.Lanes[lane].Length, IsEnteredFrom(lane, i == 0 ? from : lanes[i - 1]))
            : new Leg(StreetMap.None, StreetMap.None, map.Lanes[lane].Length, true))];
    }

    private int Sidewalk(int edge)
    {
        foreach (var lane in map.Network.Edges[edge].Lanes) if (IsWalkable(lane)) return lane;
        return StreetMap.None;
    }

    private int EntryOf(int crossing)
    {
        foreach (var link in map.LinksOnto(crossing)) if (map.Links[link].OnFoot) return link;
        return StreetMap.None;
    }

    private bool IsEnteredFrom(int crossing, int before)
    {
        foreach (var link in map.LinksOnto(crossing)) if (map.Links[link].From == before) return true;
        return false;
    }

    /// <param name="barred">A lane that may not be used.</param>
    private bool Search(int from, int to, int barred)
    {
        Array.Fill(metres, double.PositiveInfinity);
        metres[from] = 0;
        var frontier = new PriorityQueue<int, (double Metres, int Lane)>();
        frontier.Enqueue(from, (0, from));
        while (frontier.TryDequeue(out var lane, out var reached))
        {
            if (lane == to) return true;
            if (reached.Metres > metres[lane]) continue;
            foreach (var other in beside[lane])
            {
                var function = map.Network.Edges[map.Lanes[other].Edge].Function;
                if (other == barred) continue;
                if (other != to && function is not (EdgeFunction.WalkingArea or EdgeFunction.Crossing)) continue;
                var farther = metres[lane] + map.Lanes[other].Length;
                if (farther >= metres[other]) continue;
                (metres[other], previous[other]) = (farther, lane);
                frontier.Enqueue(other, (farther, other));
            }
        }

        return false;
    }
}
