using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Counts from the frames of one intersection when vehicles came to its stop lines along a corridor.</summary>
/// <remarks>A vehicle comes when it would have reached the stop line from where it was first seen, at the speed limit and with nobody in its way; it
/// counts once it has left from a lane of the corridor.</remarks>
public sealed class ArrivalCounter
{
    /// <summary>1800 vehicles an hour.</summary>
    private const double SaturationPerLaneAndSecond = 0.5;

    private readonly RoadNetwork network;
    private readonly Intersection intersection;
    private readonly ImmutableArray<int> outboundLanes;
    private readonly ImmutableArray<int> inboundLanes;
    private readonly int[] outbound;
    private readonly int[] inbound;
    private SortedDictionary<uint, Sighting> inSight = [];
    private long seconds;

    /// <param name="outboundLanes">Indices in the network of the outbound stop lanes.</param>
    /// <param name="inboundLanes">The same for the other direction; may be empty.</param>
    /// <param name="cycle">Length of the profiles, s.</param>
    public ArrivalCounter(RoadNetwork network, Intersection intersection, ImmutableArray<int> outboundLanes, ImmutableArray<int> inboundLanes, int cycle)
    {
        (this.network, this.intersection, this.outboundLanes, this.inboundLanes) = (network, intersection, outboundLanes, inboundLanes);
        (outbound, inbound) = (new int[cycle], new int[cycle]);
    }

    public StopLineArrivals Outbound => new([.. outbound], Discharge(outboundLanes));

    public StopLineArrivals Inbound => new([.. inbound], Discharge(inboundLanes));

    /// <summary>Takes the next frame; frames come in order.</summary>
    public void Add(Frame frame)
    {
        seconds++;
        var now = new SortedDictionary<uint, Sighting>();
        foreach (var seen in frame.Readings.Objects)
        {
            var arrival = inSight.TryGetValue(seen.Track, out var before) ? before.ArrivalSecond : ArrivalOf(seen, frame.Second);
            now[seen.Track] = new(arrival, intersection.ObservedLanes[seen.Lane].Lane);
        }

        foreach (var (track, last) in inSight)
            if (!now.ContainsKey(track)) Count(last);
        inSight = now;
    }

    private double Discharge(ImmutableArray<int> lanes) => SaturationPerLaneAndSecond * Math.Max(1, lanes.Length) * Math.Max(1, (double)seconds / outbound.Length);

    private long ArrivalOf(TrackedObject seen, long second)
    {
        var limit = network.Lanes[intersection.ObservedLanes[seen.Lane].Lane].SpeedLimitMetresPerSecond;
        return second + (long)(seen.DistanceDecimetres / (10 * limit));
    }

    private void Count(Sighting last)
    {
        var profile = outboundLanes.Contains(last.Lane) ? outbound : inboundLanes.Contains(last.Lane) ? inbound : null;
        if (profile is not null) profile[last.ArrivalSecond % profile.Length]++;
    }

    /// <param name="Lane">Index in the network of the lane where it was last seen.</param>
    private readonly record struct Sighting(long ArrivalSecond, int Lane);
}
