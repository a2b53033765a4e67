using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Optimisation;

/// <summary>How the lanes upstream of the stop lines hang together.</summary>
public static class Upstream
{
    /// <summary>Stop lanes in groups: two are together when some observed lane leads to both, directly or through others of the group.
    /// Groups by their first lane, lanes rising.</summary>
    public static ImmutableArray<ImmutableArray<int>> Approaches(Intersection intersection)
    {
        var first = Enumerable.Range(0, intersection.StopLanes.Length).ToArray();
        foreach (var observed in intersection.ObservedLanes)
        {
            for (var i = 1; i < observed.StopLanes.Length; i++) Join(first, observed.StopLanes[0], observed.StopLanes[i]);
        }

        return [.. Enumerable.Range(0, first.Length).Where(l => first[l] == l).Select(l => Enumerable.Range(l, first.Length - l).Where(m => first[m] == l).ToImmutableArray())];
    }

    /// <summary>Observed lanes × stop lanes, row by row: the observed lane that follows on the shortest way to the stop lane; −1 where
    /// the lane does not lead there, or is the stop lane.</summary>
    public static ImmutableArray<int> NextObserved(RoadNetwork network, Intersection intersection)
    {
        var next = new int[intersection.ObservedLanes.Length * intersection.StopLanes.Length];
        Array.Fill(next, -1);
        var observedAt = new int[network.Lanes.Length];
        Array.Fill(observedAt, -1);
        foreach (var observed in intersection.ObservedLanes) observedAt[observed.Lane] = observed.Index;
        foreach (var connection in network.Connections)
        {
            var from = observedAt[connection.FromLane];
            var to = observedAt[connection.ViaLane >= 0 ? connection.ViaLane : connection.ToLane];
            if (from < intersection.StopLanes.Length || to < 0) continue;
            foreach (var stopLane in intersection.ObservedLanes[to].StopLanes)
            {
                ref var known = ref next[from * intersection.StopLanes.Length + stopLane];
                if (known < 0 || intersection.ObservedLanes[to].OffsetMetres < intersection.ObservedLanes[known].OffsetMetres) known = to;
            }
        }

        return [.. next];
    }

    private static void Join(int[] first, int a, int b)
    {
        var (low, high) = (Math.Min(first[a], first[b]), Math.Max(first[a], first[b]));
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] == high) first[i] = low;
        }
    }
}
