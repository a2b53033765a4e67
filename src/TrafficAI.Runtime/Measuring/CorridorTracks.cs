using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Measuring;

/// <summary>The way of a tracked vehicle before one stop line of a corridor.</summary>
/// <param name="Id">Name of the intersection and the sensor's number of the track.</param>
/// <param name="Points">Metres along the corridor by street second.</param>
public sealed record CorridorTrack(string Id, bool IsInbound, ImmutableArray<PathPoint> Points);

/// <summary>Collects the ways of vehicles along a corridor from recorded frames with tracked vehicles.</summary>
/// <remarks>A track begins and ends with the sight of its sensor, and its number says nothing at the next intersection: parts of one journey are not joined.</remarks>
public sealed class CorridorTracks
{
    private readonly ImmutableArray<Approach> approaches;

    /// <param name="ways">The directions of the corridor.</param>
    public CorridorTracks(Site site, ImmutableArray<CorridorWay> ways) =>
        approaches = [.. ways.SelectMany(way => way.Stops.Select((stop, i) => new Approach(way, i, LanesOf(site, stop))))];

    /// <summary>Takes a frame of an intersection; those of one come in the order of their seconds.</summary>
    public void Take(Frame frame)
    {
        foreach (var approach in approaches)
            if (approach.Way.Stops[approach.Stop].Intersection == frame.Intersection) approach.Take(frame);
    }

    /// <summary>The ways so far: outbound first, by intersection in driving order, then by their begin.</summary>
    public ImmutableArray<CorridorTrack> Tracks => [.. approaches.SelectMany(approach => approach.Tracks)];

    /// <summary>Indices of the lanes in sight from which one can go on along the corridor.</summary>
    private static HashSet<int> LanesOf(Site site, CorridorStop stop)
    {
        var intersection = site.Network.Find(stop.Intersection)!;
        return [.. intersection.ObservedLanes
            .Where(lane => lane.StopLanes.Any(one => stop.Route.StopLanes.Contains(intersection.StopLanes[one].Lane))).Select(lane => lane.Index)];
    }

    private sealed class Approach(CorridorWay way, int stop, HashSet<int> lanes)
    {
        private readonly TrackPaths paths = new();

        public CorridorWay Way => way;

        public int Stop => stop;

        public IEnumerable<CorridorTrack> Tracks => paths.All.Select(path => new CorridorTrack(
            FormattableString.Invariant($"{way.Stops[stop].Intersection.Value}:{path.Track}"), way.IsInbound,
            [.. path.Points.Select(point => point with { Metres = Math.Round(way.MetresAt(stop, point.Metres), 1) })]));

        public void Take(Frame frame)
        {
            foreach (var seen in frame.Readings.Objects)
                if (lanes.Contains(seen.Lane)) paths.Take(frame.Second, seen.Track, seen.DistanceDecimetres);
        }
    }
}
