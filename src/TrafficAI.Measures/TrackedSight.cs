using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Follows tracked vehicles to the stop line: who came when, who left when and after what delay, who stands.</summary>
/// <remarks>A vehicle comes when it would have reached the stop line from where it was first seen, at the speed limit and with nobody in its way. Its delay is the time of its
/// crossing minus that, at least 0.</remarks>
internal sealed class TrackedSight(IntersectionLayout layout, LampHistory lamps)
{
    /// <summary>Slower stands.</summary>
    private const int StandingDecimetresPerSecond = 5;

    /// <summary>A zone of 12 m before the stop line is occupied while the front of a vehicle of 5 m is less than this from the line.</summary>
    private const int ZoneDecimetres = 170;

    /// <summary>Who stands nearer waits for the light.</summary>
    private const int HeadDecimetres = 200;

    /// <summary>Where speeds are taken.</summary>
    private const int SpeedDecimetres = 500;

    /// <summary>A vehicle may vanish past the line when it was no farther from it than its speed and this in each second.</summary>
    private const int PassingDecimetres = 60;

    /// <summary>A distance that grows by more belongs to another stop line.</summary>
    private const int NewLineDecimetres = 50;

    /// <summary>Over a longer gap between frames nobody knows who has passed.</summary>
    private const long LongestGapSeconds = 3;

    private Dictionary<uint, Trace> before = [];
    private Dictionary<uint, Trace> now = [];
    private ImmutableArray<TrackedObject> last = [];
    private long lastSecond = long.MinValue;

    /// <param name="lanes">Filled in, per stop lane.</param>
    /// <param name="arrivals">Added to.</param>
    public void Observe(Frame frame, Tally tally, LaneSecond[] lanes, List<Arrival> arrivals)
    {
        if (lastSecond < frame.Second - LongestGapSeconds) Forget();
        now.Clear();
        foreach (var seen in frame.Readings.Objects) Follow(seen, frame.Second, tally, lanes, arrivals);
        foreach (var old in last) Leave(old, frame.Second, tally, lanes, arrivals);
        Stand(frame.Readings.Objects, tally, lanes);
        (before, now) = (now, before);
        last = frame.Readings.Objects;
        lastSecond = frame.Second;
    }

    private void Forget()
    {
        before.Clear();
        last = [];
    }

    private void Follow(in TrackedObject seen, long second, Tally tally, LaneSecond[] lanes, List<Arrival> arrivals)
    {
        var sight = layout.Sights[seen.Lane];
        if (sight.StopLanes.IsEmpty) return;
        var known = before.TryGetValue(seen.Track, out var trace) && seen.DistanceDecimetres <= trace.DistanceDecimetres + NewLineDecimetres;
        if (!known) trace = new(0, second * 1000 + 1000L * seen.DistanceDecimetres / sight.LimitDecimetresPerSecond, -1, false);
        var lane = sight.StopLanes.Length == 1 ? sight.StopLanes[0] : sight.StopLanes.Contains(trace.Lane) ? trace.Lane : -1;
        var arrived = trace.HasArrived;
        if (!arrived && lane >= 0 && trace.DueMilliseconds < second * 1000) arrived = Arrive(lane, trace.DueMilliseconds, tally, lanes, arrivals);
        if (known && lane >= 0 && trace.DistanceDecimetres > SpeedDecimetres && seen.DistanceDecimetres <= SpeedDecimetres && lamps.At(second - 16, lane) == Light.Green && lamps.At(second - 1, lane) == Light.Green)
        {
            tally.Add(LaneCount.Speeds, lane);
            tally.Add(LaneCount.SpeedDecimetresPerSecond, lane, seen.SpeedDecimetresPerSecond);
            tally.Speed(lane, seen.SpeedDecimetresPerSecond);
        }

        now[seen.Track] = new(seen.DistanceDecimetres, trace.DueMilliseconds, lane, arrived);
        if (seen.Lane >= lanes.Length) return;
        if (seen.DistanceDecimetres <= ZoneDecimetres) lanes[seen.Lane].OccupiedPermille = 1000;
        if (seen.DistanceDecimetres <= HeadDecimetres && seen.SpeedDecimetresPerSecond < StandingDecimetresPerSecond) lanes[seen.Lane].Waits = true;
    }

    private void Leave(in TrackedObject old, long second, Tally tally, LaneSecond[] lanes, List<Arrival> arrivals)
    {
        if (!before.TryGetValue(old.Track, out var trace) || !HasPassed(old, (int)(second - lastSecond))) return;
        var lane = trace.Lane >= 0 ? trace.Lane : layout.Sights[old.Lane].StopLanes[0];
        var crossed = lastSecond * 1000 + Math.Min((second - lastSecond) * 1000, 1000L * old.DistanceDecimetres / (old.SpeedDecimetresPerSecond + 10));
        if (!trace.HasArrived) Arrive(lane, Math.Min(trace.DueMilliseconds, crossed), tally, lanes, arrivals);
        var delay = Math.Max(0, crossed - trace.DueMilliseconds);
        lanes[lane].Crossed++;
        tally.Add(LaneCount.Delayed, lane);
        tally.Add(LaneCount.DelayMilliseconds, lane, delay);
        if (old.Class == ObjectClass.Bus) Count(LaneCount.Buses, LaneCount.BusMilliseconds);
        if (old.Class == ObjectClass.Emergency) Count(LaneCount.Emergencies, LaneCount.EmergencyMilliseconds);

        void Count(LaneCount number, LaneCount sum)
        {
            tally.Add(number, lane);
            tally.Add(sum, lane, delay);
        }
    }

    private bool HasPassed(in TrackedObject old, int seconds)
    {
        ref var again = ref CollectionsMarshal.GetValueRefOrNullRef(now, old.Track);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref again)) return again.DistanceDecimetres > old.DistanceDecimetres + NewLineDecimetres;
        return old.DistanceDecimetres <= (old.SpeedDecimetresPerSecond + PassingDecimetres) * seconds;
    }

    private bool Arrive(int lane, long milliseconds, Tally tally, LaneSecond[] lanes, List<Arrival> arrivals)
    {
        var light = lamps.At(SecondOf(milliseconds), lane);
        arrivals.Add(new(lane, milliseconds, light));
        lanes[lane].Arrived++;
        Arrivals.Count(tally, lane, light);
        return true;
    }

    private void Stand(ImmutableArray<TrackedObject> objects, Tally tally, LaneSecond[] lanes)
    {
        Span<int> standing = stackalloc int[layout.Approaches.Length];
        Span<int> back = stackalloc int[layout.Approaches.Length];
        foreach (var seen in objects)
        {
            var approach = layout.Sights[seen.Lane].Approach;
            if (approach < 0 || seen.SpeedDecimetresPerSecond >= StandingDecimetresPerSecond) continue;
            standing[approach]++;
            back[approach] = Math.Max(back[approach], seen.DistanceDecimetres);
            if (now.TryGetValue(seen.Track, out var trace) && trace.Lane >= 0) lanes[trace.Lane].Standing++;
        }

        for (var approach = 0; approach < standing.Length; approach++) Queues.Count(tally, layout.Approaches[approach], standing[approach], back[approach]);
    }

    private static long SecondOf(long milliseconds) => milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000;

    /// <summary>What is remembered of a track.</summary>
    /// <param name="DueMilliseconds">When it comes.</param>
    /// <param name="Lane">Its stop lane; −1 while several are open.</param>
    private readonly record struct Trace(int DistanceDecimetres, long DueMilliseconds, int Lane, bool HasArrived);
}
