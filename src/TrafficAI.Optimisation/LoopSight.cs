using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Infers the traffic of stop lanes from loops: counts and occupancy of each second, nothing else.</summary>
/// <remarks>Input–output counting between advance and stop loop, put right by what the loops show (Vigos, Papageorgiou and Wang 2008
/// for the idea; Liu, Wu, Ma and Hu 2009 for the queue that stands on the advance loop).</remarks>
public sealed class LoopSight
{
    private readonly IntersectionModel model;
    private readonly TurnShares turns;
    private readonly LoopQueue[] queues;
    private readonly AdvanceShare[] advances;
    private readonly LaneChanges changes;
    private readonly SaturationFlow saturation;
    private readonly Inflow inflow;
    private readonly BoxWatch box;
    private readonly List<uint?>[] entered;
    private readonly bool[] queued;
    private long second;

    public LoopSight(IntersectionModel model, TurnShares turns, SaturationFlow saturation, Inflow inflow, BoxWatch box)
    {
        this.model = model;
        this.turns = turns;
        this.saturation = saturation;
        this.inflow = inflow;
        this.box = box;
        queues = [.. model.Lanes.Select(lane => new LoopQueue(lane))];
        advances = AdvanceShare.Of(model);
        changes = new(model);
        entered = [.. model.Lanes.Select(_ => new List<uint?>())];
        queued = new bool[model.Lanes.Length];
    }

    /// <summary>Whether both loops of a stop lane are believed: the readings of others are only expected.</summary>
    public void Judge(int stopLane, bool isSeen) => queues[stopLane].Variance.IsExpected = !isSeen;

    /// <summary>Of the number of vehicles of a stop lane, in vehicles².</summary>
    public double Variance(int stopLane) => queues[stopLane].Variance.Value;

    /// <summary>Takes in one frame.</summary>
    /// <param name="loops">Its readings, those of lost loops replaced.</param>
    /// <param name="passed">Seconds since the frame before; at least 1 unless a frame is repeated.</param>
    /// <param name="departures">Per stop lane, set to the vehicles that have passed its line.</param>
    /// <param name="exitBlocked">Per exit lane: nothing more fits in.</param>
    public void Observe(Frame frame, ImmutableArray<LoopReading> loops, int passed, int[] departures, ImmutableArray<bool> exitBlocked)
    {
        second = frame.Second;
        CountEntries(loops);
        foreach (var lane in model.Lanes)
        {
            var open = Lights.Open(model, lane, frame.Signals);
            var excluded = queues[lane.Index].Excluded;
            var stop = loops[lane.StopDetector];
            var arrived = CollectionsMarshal.AsSpan(entered[lane.Index]);
            var unexpected = queues[lane.Index].Observe(
                frame.Second, passed, stop, arrived, loops[lane.AdvanceDetector].OccupancyPermille, open != 0, inflow.UntoldShare(lane.Index));
            LearnHeadway(lane, frame.Signals, stop.Count);
            queued[lane.Index] = queues[lane.Index].ReachesAdvanceLoop;
            for (var i = 0; i < unexpected; i++) TakeFromBeside(lane.Index);
            for (var i = 0; i < stop.Count; i++) changes.Left(lane.Index);
            departures[lane.Index] = open != 0 ? queues[lane.Index].Departed : 0;
            advances[lane.Index].Learn(stop.Count);
            for (var i = 0; i < departures[lane.Index]; i++) turns.Departed(lane.Index, frame.Second, i == 0 ? open & ~excluded : open);
            ExcludeTurns(lane, frame.Signals, exitBlocked);
        }

        inflow.Pass(frame.Second, queued);
    }

    private void LearnHeadway(LaneModel lane, SignalState signals, int crossed)
    {
        if (!Lights.IsUnopposed(model, lane, signals)) saturation.Halt(lane.Index);
        else for (var i = 0; i < crossed; i++) saturation.Crossed(lane.Index, second, queues[lane.Index].LastStood);
    }

    private void ExcludeTurns(LaneModel lane, SignalState signals, ImmutableArray<bool> exitBlocked)
    {
        var queue = queues[lane.Index];
        if (queue.HeadStands && box.IsEmpty(lane.Index)) queue.Excluded = HeadTurns.Exclude(model, lane, queue.Excluded, signals, exitBlocked);
    }

    private void CountEntries(ImmutableArray<LoopReading> loops)
    {
        foreach (var lane in entered) lane.Clear();
        foreach (var advance in advances) advance.Split(loops[advance.Detector].Count);
        for (var lane = 0; lane < advances.Length; lane++)
        {
            for (var i = 0; i < advances[lane].Taken; i++) entered[changes.Destination(lane, queues[lane].Between)].Add(inflow.Arrived(lane, second));
        }
    }

    /// <summary>Whoever leaves without having been expected has come from the lane beside that expects most.</summary>
    private void TakeFromBeside(int lane)
    {
        var longest = lane;
        foreach (var other in changes.Road(lane))
        {
            if (queues[other].Between > queues[longest].Between) longest = other;
        }

        if (longest != lane) queues[longest].RemoveFirst();
    }

    /// <summary>Mean arrivals of a stop lane, in vehicles per second.</summary>
    public double ArrivalsPerSecond(int stopLane) => queues[stopLane].FlowPerSecond;

    /// <summary>Adds those of <see cref="LaneTraffic.Expected"/>.</summary>
    public void AddExpected(List<double> times, int stopLane) => inflow.AddExpected(stopLane, second, times);

    /// <summary>Adds the vehicles of a stop lane, the nearest first.</summary>
    public void AddTo(List<ApproachingVehicle> vehicles, int stopLane)
    {
        queues[stopLane].AddTo(vehicles);
        inflow.AddTo(vehicles, model.Lanes[stopLane], second, queued[stopLane]);
    }
}
