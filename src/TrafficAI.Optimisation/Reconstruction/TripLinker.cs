using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>Puts the visits of all intersections together to trips: who left one intersection towards another is taken to be the one who comes there when he could.
/// Who comes without having left one enters there; who leaves and comes nowhere ends his trip.</summary>
/// <remarks>Each visit is in exactly one trip, so that all counts are kept, whoever is mistaken for whom.</remarks>
public sealed class TripLinker
{
    /// <summary>Earlier than at the speed limits: some drive faster, and detectors tell whole seconds.</summary>
    private const double EarlyShare = 0.25;
    private const double EarlySeconds = 5;

    /// <summary>Later: held up on the way, or in a queue that reached back behind the detector.</summary>
    private const double LateSeconds = 300;

    private readonly RoadNetwork network;
    private readonly OpenWays ways;
    private readonly ImmutableArray<Visit> visits;
    private readonly Dictionary<int, Dictionary<int, OpenWay>> wayFrom = [];
    private readonly Dictionary<int, List<int>> leavingBy = [];
    private readonly int[] next;
    private readonly bool[] hasBefore;

    private TripLinker(RoadNetwork network, IEnumerable<RecordedTraffic> recorded)
    {
        this.network = network;
        ways = new(network);
        visits = [.. recorded.SelectMany(traffic => traffic.Visits).OrderBy(visit => visit.Came)];
        next = new int[visits.Length];
        Array.Fill(next, -1);
        hasBefore = new bool[visits.Length];
    }

    /// <summary>All trips, by their departure.</summary>
    /// <param name="recorded">Per intersection.</param>
    /// <param name="begin">First street second of the record.</param>
    public static ImmutableArray<ReconstructedTrip> Link(RoadNetwork network, IEnumerable<RecordedTraffic> recorded, long begin)
    {
        var linker = new TripLinker(network, recorded);
        linker.ListLeaving();
        linker.Match();
        return [.. Enumerable.Range(0, linker.visits.Length).Where(visit => !linker.hasBefore[visit]).Select(first => linker.Follow(first, begin)).OrderBy(trip => trip.DepartSeconds)];
    }

    private void ListLeaving()
    {
        foreach (var (index, visit) in visits.Index().Where(pair => pair.Item.Left is not null).OrderBy(pair => pair.Item.Left))
        {
            if (!leavingBy.TryGetValue(visit.Exit, out var list)) leavingBy.Add(visit.Exit, list = []);
            list.Add(index);
            wayFrom.TryAdd(visit.Exit, []);
        }
        foreach (var exit in network.Edges.Select(edge => edge.Index).Where(wayFrom.ContainsKey)) wayFrom[exit] = ways.From(exit);
    }

    private void Match()
    {
        var exits = network.Edges.Select(edge => edge.Index).Where(leavingBy.ContainsKey).ToArray();
        var exitsTo = visits.Select(visit => visit.Approach).Distinct().ToDictionary(approach => approach, approach => exits.Where(exit => wayFrom[exit].ContainsKey(approach)).ToArray());
        for (var visit = 0; visit < visits.Length; visit++)
        {
            if (Before(visit, exitsTo[visits[visit].Approach]) is not (>= 0 and var before)) continue;
            next[before] = visit;
            hasBefore[visit] = true;
        }
    }

    /// <summary>The visit that this one follows: of those that could be, the one that left first; −1 if there is none.</summary>
    private int Before(int visit, int[] exits)
    {
        var (best, earliest) = (-1, double.PositiveInfinity);
        foreach (var exit in exits)
        {
            var way = wayFrom[exit][visits[visit].Approach];
            var travel = Math.Max(0, way.Seconds - ways.SecondsAt(visits[visit].Approach, visits[visit].DistanceMetres));
            foreach (var leaving in leavingBy[exit])
            {
                var expected = visits[leaving].Left!.Value + travel;
                if (expected - travel * EarlyShare - EarlySeconds > visits[visit].Came || expected >= earliest) break;
                if (next[leaving] >= 0 || leaving == visit || expected + LateSeconds < visits[visit].Came) continue;
                (best, earliest) = (leaving, expected);
                break;
            }
        }
        return best;
    }

    private ReconstructedTrip Follow(int first, long begin)
    {
        var entry = ways.Entry(visits[first].Approach);
        var edges = entry.Edges.ToBuilder();
        for (var at = first; ; at = next[at])
        {
            var exit = visits[at].Exit;
            if (next[at] < 0)
            {
                edges.Add(exit);
                break;
            }
            edges.AddRange(wayFrom[exit][visits[next[at]].Approach].Edges);
        }
        var depart = visits[first].Came - Math.Max(0, entry.Seconds - ways.SecondsAt(visits[first].Approach, visits[first].DistanceMetres));
        var lane = visits[first].Lane is >= 0 and var seenOn && network.Lanes[seenOn].Edge == edges[0] ? network.Lanes[seenOn].Position : (int?)null;
        return new(Math.Max(begin, depart), edges.ToImmutable(), lane, EndsMidway: IsApproach(edges[^1]));
    }

    private bool IsApproach(int edge) => network.Intersections.Any(intersection => intersection.StopLanes.Any(stop => network.Lanes[stop.Lane].Edge == edge));
}
