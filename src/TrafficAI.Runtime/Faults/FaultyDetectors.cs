using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Faults;

/// <summary>The detectors of one intersection, some of which are dead or stuck for the whole run. A detector is a loop, or with
/// <see cref="Sensing.Full"/> the sensor of one observed lane.</summary>
public sealed class FaultyDetectors
{
    private const ushort Occupied = 1000;
    private readonly ImmutableArray<Health> loops;
    private readonly ImmutableArray<Health> lanes;

    public FaultyDetectors(FaultSpec faults, Intersection intersection, ulong seed)
    {
        var chance = new SplitMix64(seed);
        loops = [.. intersection.Detectors.Select(_ => Draw(faults, chance))];
        lanes = [.. intersection.ObservedLanes.Select(_ => Draw(faults, chance))];
    }

    private enum Health
    {
        Good,
        Dead,
        Stuck,
    }

    /// <summary>What the detectors say when the street is as <paramref name="truth"/>.</summary>
    public DetectorReadings Distort(DetectorReadings truth)
    {
        var readings = truth.Loops.ToArray();
        for (var i = 0; i < readings.Length; i++)
        {
            if (loops[i] == Health.Dead) readings[i] = default;
            if (loops[i] == Health.Stuck) readings[i] = new LoopReading(0, Occupied);
        }

        return truth with { Objects = truth.Sensing == Sensing.Full ? Distort(truth.Objects) : truth.Objects, Loops = [.. readings] };
    }

    // A stuck sensor sees one vehicle at the end of its lane that never moves.
    private ImmutableArray<TrackedObject> Distort(ImmutableArray<TrackedObject> truth)
    {
        var seen = ImmutableArray.CreateBuilder<TrackedObject>(truth.Length);
        var next = 0;
        for (ushort lane = 0; lane < lanes.Length; lane++)
        {
            if (lanes[lane] == Health.Stuck) seen.Add(new TrackedObject(lane, 10, 0, ObjectClass.Other, uint.MaxValue - lane));
            for (; next < truth.Length && truth[next].Lane == lane; next++)
            {
                if (lanes[lane] == Health.Good) seen.Add(truth[next]);
            }
        }

        return seen.DrainToImmutable();
    }

    private static Health Draw(FaultSpec faults, SplitMix64 chance)
    {
        var value = chance.NextUnit();
        return value < faults.Dead ? Health.Dead : value < faults.Dead + faults.Stuck ? Health.Stuck : Health.Good;
    }
}
