using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Routes;

/// <summary>Finds how far each lane of an edge leads along a route, and which of them leads farthest.</summary>
/// <remarks>SUMO 1.15, MSVehicle.updateBestLanes: a few edges ahead are looked at, the last first.</remarks>
internal sealed class LaneWorth(StreetMap map, RouteKey route)
{
    private const double MotorwayMetres = 3000;
    private const double UrbanMetres = 200;
    private const int MotorwayEdges = 4;
    private const int UrbanEdges = 8;
    private const double Slack = 0.1;

    /// <summary>The worth of the lanes of one edge of the route, the outermost first.</summary>
    public Prospect[] At(int place)
    {
        var last = LastInView(place);
        var next = Final(last);
        for (var at = last - 1; at >= place; at--) next = Previous(at, next);
        return next;
    }

    private int LastInView(int place)
    {
        var (seen, metres) = (0, 0.0);
        for (var at = place; ; at++)
        {
            seen++;
            metres += map.Lanes[Lanes(at)[0]].Length;
            var goesOn = (seen <= MotorwayEdges || metres < Math.Max(route.BrakeMetres, MotorwayMetres))
                && (seen <= UrbanEdges || metres < Math.Max(route.BrakeMetres, UrbanMetres))
                && at + 1 < route.Edges.Length && StopAt(at) is null;
            if (!goesOn) return at;
        }
    }

    private ReadOnlySpan<int> Lanes(int place) => map.Network.Edges[route.Edges[place]].Lanes.AsSpan();

    private bool IsAllowed(int lane) => (map.Lanes[lane].Allowed & route.Class) != 0;

    /// <summary>Lane and place of the stop, or of the arrival that was asked for, on that edge; null without.</summary>
    private (int Lane, double Metres)? StopAt(int place)
    {
        if (!route.Stops.IsEmpty)
            return route.Stops[0] is var stop && stop.RouteIndex == place ? (stop.Lane, stop.StartMetres) : null;
        if (route.ArrivalLane < 0 || place != route.Edges.Length - 1) return null;
        var lanes = Lanes(place);
        return (lanes[Math.Min(route.ArrivalLane, lanes.Length - 1)], route.ArrivalMetres);
    }

    private Prospect[] Fresh(int place)
    {
        var lanes = Lanes(place);
        var isLast = place + 1 == route.Edges.Length;
        var fresh = new Prospect[lanes.Length];
        for (var i = 0; i < fresh.Length; i++)
        {
            fresh[i].Length = IsAllowed(lanes[i]) ? map.Lanes[lanes[i]].Length : 0;
            fresh[i].Link = StreetMap.None;
            fresh[i].Lanes = (byte)lanes.Length;
            fresh[i].IsLast = isLast;
            fresh[i].Continues = isLast ? IsAllowed(lanes[i]) : LeadsTo(lanes[i], route.Edges[place + 1]);
        }

        if (StopAt(place) is { } stop)
        {
            for (var i = 0; i < fresh.Length; i++)
            {
                if (lanes[i] == stop.Lane) continue;
                fresh[i].Continues = false;
                fresh[i].Length = Math.Clamp(stop.Metres, Slack, Math.Max(Slack, map.Lanes[stop.Lane].Length - 2 * Slack));
            }
        }

        return fresh;
    }

    private bool LeadsTo(int lane, int edge)
    {
        foreach (var link in map.LinksFrom(lane))
            if (IsUsable(link) && map.Lanes[map.Links[link].To].Edge == edge) return true;
        return false;
    }

    private bool IsUsable(int link) =>
        !map.Links[link].OnFoot && IsAllowed(map.Links[link].From) && IsAllowed(map.Links[link].To) && IsAllowed(map.Links[link].Next);

    private Prospect[] Final(int place)
    {
        var prospects = Fresh(place);
        var best = 0;
        for (var i = 1; i < prospects.Length; i++) if (prospects[i].Length > prospects[best].Length) best = i;
        for (var i = 0; i < prospects.Length; i++) if (prospects[i].Length < prospects[best].Length) prospects[i].Offset = (sbyte)(best - i);
        if (place + 1 < route.Edges.Length)
        {
            var beyond = Fresh(place + 1);
            for (var i = 0; i < prospects.Length; i++) prospects[i].Link = BestLink(Lanes(place)[i], place + 1, beyond);
        }

        return prospects;
    }

    private Prospect[] Previous(int place, Prospect[] next)
    {
        var prospects = Fresh(place);
        var lanes = Lanes(place);
        var (connected, farthest) = Reached(place, next);
        var best = 0;
        for (var i = 0; i < prospects.Length; i++)
        {
            var link = BestLink(lanes[i], place + 1, next);
            prospects[i].Link = prospects[i].Continues ? link : StreetMap.None;
            if (prospects[i].Continues && link >= 0)
            {
                ref readonly var ahead = ref next[map.Lanes[map.Links[link].To].Position];
                prospects[i].Length += ahead.Length == connected && Math.Abs(ahead.Offset) < 2 ? farthest : ahead.Length;
                prospects[i].Offset = ahead.Offset;
            }

            if (IsBetter(prospects[i], prospects[best])) best = i;
        }

        var chosen = prospects[best];
        for (var i = 0; i < prospects.Length; i++)
        {
            var isWorse = prospects[i].Length < chosen.Length || (prospects[i].Length == chosen.Length && Math.Abs(prospects[i].Offset) > Math.Abs(chosen.Offset))
                || Priority(prospects[i]) < Priority(chosen);
            if (isWorse && Priority(prospects[i]) < Priority(chosen)) prospects[i].Length = map.Lanes[lanes[i]].Length;
            prospects[i].Offset = (sbyte)(isWorse ? best - i : 0);
        }

        return prospects;
    }

    private bool IsBetter(in Prospect one, in Prospect other)
    {
        if (one.Length != other.Length) return one.Length > other.Length;
        if (Math.Abs(one.Offset) != Math.Abs(other.Offset)) return Math.Abs(one.Offset) < Math.Abs(other.Offset);
        return Priority(one) > Priority(other);
    }

    /// <summary>Whether the way on goes first; a light may change, so that behind lights no way is better.</summary>
    private int Priority(in Prospect choice)
    {
        if (choice.Link < 0) return -1;
        ref readonly var link = ref map.Links[choice.Link];
        return link.Signal >= 0 || char.IsUpper(link.State) ? 1 : 0;
    }

    private (double Connected, double Farthest) Reached(int place, Prospect[] next)
    {
        var (connected, farthest) = (-1.0, -1.0);
        for (var i = 0; i < next.Length; i++)
        {
            farthest = Math.Max(farthest, next[i].Length);
            if (IsReached(Lanes(place + 1)[i], route.Edges[place])) connected = Math.Max(connected, next[i].Length);
        }

        return (connected, farthest);
    }

    private bool IsReached(int lane, int edge)
    {
        foreach (var link in map.Network.Edges[edge].Lanes)
            foreach (var way in map.LinksFrom(link)) if (map.Links[way].To == lane && IsUsable(way)) return true;
        return false;
    }

    private int BestLink(int lane, int nextPlace, Prospect[] next)
    {
        var best = StreetMap.None;
        foreach (var link in map.LinksFrom(lane))
        {
            if (!IsUsable(link) || map.Lanes[map.Links[link].To].Edge != route.Edges[nextPlace]) continue;
            if (best < 0 || IsNearer(next[map.Lanes[map.Links[link].To].Position], next[map.Lanes[map.Links[best].To].Position])) best = link;
        }

        return best;
    }

    private static bool IsNearer(in Prospect one, in Prospect other) =>
        one.Length > other.Length || (one.Length == other.Length && Math.Abs(one.Offset) < Math.Abs(other.Offset));
}
