using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>Finds from the frames of one intersection who came to its stop lines when, who left them when, and which way they took.</summary>
/// <remarks>How many there were is told at the stop lines, which count best; when they came by how many the estimator believes before the
/// stop line, or by the first sight of a vehicle; which way
/// they took by the turn shares that the estimator has learned from exits and lights. Whoever came first is taken to leave first.</remarks>
public sealed class VisitCounter
{
    /// <summary>Where a vehicle in sight counts for its lane, as it would on an advance loop.</summary>
    private const int NearDecimetres = 450;

    private readonly HashSet<uint> near = [];
    private readonly IntersectionModel model;
    private readonly RoadNetwork network;
    private readonly Estimator estimator;
    private readonly SplitMix64 chance;
    private readonly ApproachCount[] approaches;
    private readonly int[] approachOfLane;
    private readonly long from;
    private TrafficPicture? picture;
    private uint lastTrack;
    private long served;
    private double queueSeconds;

    /// <param name="from">Street second from which on <see cref="RecordedTraffic.Served"/> and <see cref="RecordedTraffic.QueueSeconds"/> are counted.</param>
    /// <param name="seed">Decides who takes which way, within the shares.</param>
    public VisitCounter(IntersectionModel model, RoadNetwork network, long from, ulong seed)
    {
        (this.model, this.network, this.from) = (model, network, from);
        estimator = new(model);
        chance = new(seed ^ ((ulong)model.Intersection.Index + 1) * 0x9E3779B97F4A7C15UL);
        var edges = model.Lanes.Select(EdgeOf).Distinct().ToArray();
        approaches = [.. edges.Select(edge => new ApproachCount(edge))];
        approachOfLane = [.. model.Lanes.Select(lane => Array.IndexOf(edges, EdgeOf(lane)))];
    }

    /// <summary>Takes the next frame; frames come by rising second.</summary>
    public void Add(Frame frame)
    {
        picture = estimator.Observe(frame);
        if (frame.Readings.Sensing == Sensing.Full) See(frame);
        for (var lane = 0; lane < model.Lanes.Length; lane++)
        {
            for (var left = estimator.Departures[lane]; left > 0; left--)
                approaches[approachOfLane[lane]].Left.Add((frame.Second, ExitOf(lane, picture)));
        }
        if (frame.Readings.Sensing == Sensing.Loops) Feel(frame, picture);
        if (frame.Second < from) return;
        foreach (var lane in model.Lanes)
        {
            served += estimator.Departures[lane.Index];
            queueSeconds += picture.Lanes[lane.Index].Queue;
        }
    }

    /// <summary>All that was found.</summary>
    public RecordedTraffic Traffic()
    {
        if (picture is not null)
        {
            foreach (var lane in model.Lanes)
            {
                for (var waiting = Math.Round(picture.Lanes[lane.Index].Queue); waiting > 0; waiting--)
                    approaches[approachOfLane[lane.Index]].Left.Add((null, ExitOf(lane.Index, picture)));
            }
        }
        return new([.. approaches.SelectMany(approach => approach.Visits())], served, queueSeconds);
    }

    private int EdgeOf(LaneModel lane) => network.Lanes[model.Intersection.StopLanes[lane.Index].Lane].Edge;

    /// <summary>Who is before the stop line and has not left has come: at the advance loop, or behind it where the queue reaches back over it.</summary>
    private void Feel(Frame frame, TrafficPicture seen)
    {
        for (var approach = 0; approach < approaches.Length; approach++)
        {
            var (before, metres) = (0, 0.0);
            foreach (var lane in model.Lanes)
            {
                if (approachOfLane[lane.Index] != approach) continue;
                approaches[approach].Count(model.Intersection.Detectors[lane.AdvanceDetector].Lane, frame.Readings.Loops[lane.AdvanceDetector].Count);
                before += seen.Lanes[lane.Index].Vehicles.Length;
                metres = Math.Max(metres, lane.AdvanceDistanceMetres);
            }
            approaches[approach].Believe(frame.Second - 0.5, metres, before);
        }
    }

    private void See(Frame frame)
    {
        var newest = lastTrack;
        foreach (var vehicle in frame.Readings.Objects)
        {
            var observed = model.Intersection.ObservedLanes[vehicle.Lane];
            var approach = approaches[approachOfLane[observed.StopLanes[0]]];
            if (vehicle.DistanceDecimetres <= NearDecimetres && near.Add(vehicle.Track)) approach.Count(observed.Lane, 1);
            if (vehicle.Track <= lastTrack) continue;
            newest = Math.Max(newest, vehicle.Track);
            approach.See(frame.Second, vehicle.DistanceDecimetres / 10.0);
        }
        lastTrack = newest;
    }

    private int ExitOf(int lane, TrafficPicture seen)
    {
        var movements = model.Lanes[lane].Movements;
        var left = chance.NextUnit();
        foreach (var movement in movements)
        {
            left -= seen.TurnShares[movement];
            if (left < 0) return ExitEdge(movement);
        }
        return ExitEdge(movements[^1]);
    }

    private int ExitEdge(int movement) => network.Lanes[model.Intersection.ExitLanes[model.Movements[movement].Exit]].Edge;
}
