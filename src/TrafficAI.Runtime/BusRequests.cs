using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>The buses that a controller of a simulated street sees: each asks for priority when it comes in sight, as by radio, and no more when it has passed.</summary>
/// <remarks>Where a bus turns nobody says: it asks for the group of the straight way of its lane, or of the first where none leads straight on.</remarks>
internal sealed class BusRequests(IntersectionModel model, IControllerGate gate)
{
    /// <summary>Before it would be stale it asks again.</summary>
    private const int PatienceSeconds = 50;

    /// <summary>Slower than this, it is taken to come at this speed.</summary>
    private const int LeastDecimetresPerSecond = 50;

    private readonly Dictionary<uint, (uint Request, int Group, long Until)> running = [];
    private readonly HashSet<uint> inSight = [];

    /// <summary>To be called once a second, before its frame goes out.</summary>
    public void Look(long second, DetectorReadings readings, BusLoad load)
    {
        inSight.Clear();
        foreach (var seen in readings.Objects)
            if (seen.Class == ObjectClass.Bus && inSight.Add(seen.Track)) Follow(second, seen, load);
        foreach (var track in running.Keys.Where(track => !inSight.Contains(track)).Order().ToList()) End(track);
    }

    private void Follow(long second, TrackedObject bus, BusLoad load)
    {
        var group = GroupOf(bus.Lane);
        if (running.TryGetValue(bus.Track, out var known))
        {
            if (known.Group == group && second < known.Until) return;
            End(bus.Track);
        }

        var arrives = bus.DistanceDecimetres / Math.Max((int)bus.SpeedDecimetresPerSecond, LeastDecimetresPerSecond);
        var request = gate.Ask(new((uint)group + 1, ObjectClass.Bus, (uint)arrives, load.Persons, load.LateSeconds));
        running.Add(bus.Track, (request, group, second + arrives + PatienceSeconds));
    }

    private void End(uint track)
    {
        if (running.Remove(track, out var known)) gate.Cancel(known.Request);
    }

    private int GroupOf(int observed)
    {
        var ways = model.Intersection.ObservedLanes[observed].StopLanes.SelectMany(lane => model.Lanes[lane].Movements).Select(m => model.Movements[m]).ToList();
        return (ways.Find(way => way.Direction == TurnDirection.Straight) ?? ways[0]).Group;
    }
}
