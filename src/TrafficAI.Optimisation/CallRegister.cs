using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Folds what detectors and lamps say into who waits since when, for the maximum red. The controller and the optimiser keep one
/// each; the same frames give the same calls. A frame allocates nothing.</summary>
/// <remarks>Whoever is in doubt calls: a detector is healthy only while it shows life, a group counts from its first call only while the
/// detectors of all its lanes are healthy, and a vehicle calls every group of every lane that it may wait for. Without a maximum red nothing is
/// kept. Where a whole round does not fit into the limit, so that counting from calls could make a group late, all count from red.</remarks>
public sealed class CallRegister
{
    /// <summary>A detector that has shown no life for so long is dead; at the beginning it is.</summary>
    public const int DeadAfterSeconds = 600;

    /// <summary>A loop that has been occupied without a change for so long is stuck.</summary>
    public const int StuckAfterSeconds = 300;

    /// <summary>Whoever has crossed the advance loop so many seconds before red may have had to stop.</summary>
    private const int ApproachSeconds = 10;

    /// <summary>Slower than 2 m/s is standing or crawling.</summary>
    private const int CrawlingDecimetresPerSecond = 20;

    private const long Never = long.MinValue / 2;

    private readonly IntersectionModel model;
    private readonly bool counts;
    private readonly int[][] lanesOf;
    private readonly bool[] unseen;

    /// <summary>Per stop lane the last second in which its detector showed life.</summary>
    private readonly long[] lifeAt;

    /// <summary>Per stop lane the last second in which the advance loop counted somebody.</summary>
    private readonly long[] arrivedAt;

    /// <summary>Per stop lane what its stop loop said last, in permille.</summary>
    private readonly int[] occupied;

    /// <summary>Per stop lane: somebody waits on it in the second of the frame.</summary>
    private readonly bool[] waits;

    /// <summary>Per group the second of its first call in this red, or <see cref="Calls.Nobody"/>.</summary>
    private readonly long[] calledAt;

    /// <summary>Per group the last second in which the detectors of all its lanes were healthy.</summary>
    private readonly long[] healthyAt;
    private readonly long[] since;
    private bool begun;

    public CallRegister(IntersectionModel model)
    {
        this.model = model;
        var signals = model.Signals;
        counts = signals.MaximumRedSeconds is not null && MaximumRedFit.Objection(signals, detectors: true) is null;
        var groups = counts ? signals.Groups : [];
        lanesOf = [.. groups.Select(g => model.Movements.Where(m => m.Group == g.Index).Select(m => m.StopLane).Distinct().ToArray())];
        unseen = [.. groups.Select(IsUnseen)];
        lifeAt = new long[model.Lanes.Length];
        arrivedAt = new long[model.Lanes.Length];
        occupied = new int[model.Lanes.Length];
        waits = new bool[model.Lanes.Length];
        calledAt = new long[lanesOf.Length];
        healthyAt = new long[lanesOf.Length];
        since = new long[lanesOf.Length];
        Array.Fill(lifeAt, Never);
        Array.Fill(arrivedAt, Never);
        Array.Fill(calledAt, Signals.Calls.Nobody);
        Array.Fill(healthyAt, Never);
        Array.Fill(since, Signals.Calls.FromRed);
    }

    /// <summary>Who waits, as far as the last frame tells; valid until the next frame.</summary>
    public Calls Calls => counts ? new(ImmutableCollectionsMarshal.AsImmutableArray(since)) : default;

    /// <summary>Takes in one frame of this intersection. Frames come in rising order of their second; gaps are allowed.</summary>
    public void Observe(Frame frame)
    {
        if (!counts) return;
        Array.Clear(waits);
        var second = frame.Signals.Second;
        if (frame.Readings.Sensing == Sensing.Full) See(frame.Readings.Objects, second);
        else Feel(frame.Readings.Loops, second);
        begun = true;
        for (var group = 0; group < since.Length; group++)
        {
            Remember(group, frame.Signals);
            if (IsHealthy(group, second)) healthyAt[group] = second;
            since[group] = Since(group, frame.Signals);
        }
    }

    /// <summary>Some way of the group is not that of a vehicle on a stop lane.</summary>
    private bool IsUnseen(SignalGroup group)
    {
        var seen = model.Intersection.StopLanes.SelectMany(lane => lane.Connections).ToHashSet();
        return group.Links.Any(link => model.Intersection.Links[link].Any(way => !seen.Contains(way)));
    }

    /// <summary>The sensor of a stop lane lives while it sees anybody.</summary>
    private void See(ImmutableArray<TrackedObject> objects, long second)
    {
        foreach (var seen in objects)
        {
            if (seen.Lane < lifeAt.Length) lifeAt[seen.Lane] = second;
            if (seen.SpeedDecimetresPerSecond >= CrawlingDecimetresPerSecond) continue;
            foreach (var lane in model.Intersection.ObservedLanes[seen.Lane].StopLanes) waits[lane] = true;
        }
    }

    /// <summary>A stop loop lives while it counts or its occupancy changes.</summary>
    private void Feel(ImmutableArray<LoopReading> loops, long second)
    {
        foreach (var lane in model.Lanes)
        {
            var stop = loops[lane.StopDetector];
            if (stop.Count > 0 || (begun && stop.OccupancyPermille != occupied[lane.Index])) lifeAt[lane.Index] = second;
            occupied[lane.Index] = stop.OccupancyPermille;
            waits[lane.Index] = stop.OccupancyPermille > 0;
            if (loops[lane.AdvanceDetector].Count > 0) arrivedAt[lane.Index] = second;
        }
    }

    private void Remember(int group, SignalState shown)
    {
        var redSince = shown.Second + 1 - shown.LampSeconds[group];
        if (shown.Lamps[group] != Lamp.Red || calledAt[group] < redSince) calledAt[group] = Signals.Calls.Nobody;
        if (shown.Lamps[group] != Lamp.Red || calledAt[group] != Signals.Calls.Nobody) return;
        foreach (var lane in lanesOf[group])
            if (waits[lane] || arrivedAt[lane] >= redSince - ApproachSeconds) calledAt[group] = shown.Second;
    }

    /// <summary>Detectors that die in the middle of a red call from then on, so that nobody who waits is overtaken by a red that was right.</summary>
    private long Since(int group, SignalState shown)
    {
        if (healthyAt[group] == shown.Second) return calledAt[group];
        var diedInRed = shown.Lamps[group] == Lamp.Red && healthyAt[group] > shown.Second - shown.LampSeconds[group];
        return diedInRed ? Math.Min(calledAt[group], healthyAt[group] + 1) : Signals.Calls.FromRed;
    }

    private bool IsHealthy(int group, long second)
    {
        if (unseen[group]) return false;
        foreach (var lane in lanesOf[group])
            if (second - lifeAt[lane] >= (occupied[lane] > 0 ? StuckAfterSeconds : DeadAfterSeconds)) return false;
        return true;
    }
}
