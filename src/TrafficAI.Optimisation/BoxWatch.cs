using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Tells who is held inside the junction: has passed a stop line and not come out although there was time enough.</summary>
/// <remarks>Each vehicle that an exit loop counts is taken to be the one whose time to come there fits best. One that is late is taken to be held
/// only while a turner from its lane may go, but must yield, and somebody to yield to has come just now; else it has come out unnoticed.</remarks>
public sealed class BoxWatch
{
    /// <summary>Whoever is inside for so much longer than it takes is held there.</summary>
    private const double LateSeconds = 3;

    /// <summary>One that waits for a gap has gone so long after the last one that it yields to has passed its stop line.</summary>
    private const int ConflictSeconds = 5;

    private readonly IntersectionModel model;
    private readonly List<long>[] inside;
    private readonly int[][] movementsTo;

    /// <summary>Per movement: seconds from the stop line to the exit loop at least, and as a rule.</summary>
    private readonly (double Least, double Usual)[] crossing;

    private readonly double[] slowest;
    private readonly int[] held;
    private readonly int[] waiting;
    private readonly long[] lastDeparture;

    public BoxWatch(IntersectionModel model)
    {
        this.model = model;
        inside = [.. model.Lanes.Select(_ => new List<long>())];
        movementsTo = [.. model.ExitDetectors.Select((_, exit) => model.Movements.Where(m => m.Exit == exit).Select(m => m.Index).ToArray())];
        crossing = [.. model.Movements.Select(m => (CrossingTime.Least(m), CrossingTime.Usual(m)))];
        slowest = [.. model.Lanes.Select(lane => lane.Movements.Max(m => crossing[m].Usual))];
        held = new int[model.Lanes.Length];
        waiting = new int[model.Lanes.Length];
        lastDeparture = new long[model.Lanes.Length];
        Array.Fill(lastDeparture, long.MinValue / 2);
    }

    /// <summary>Per stop lane: vehicles that have passed its line and are held inside the junction. Valid until the next second.</summary>
    public ImmutableArray<int> Held => ImmutableCollectionsMarshal.AsImmutableArray(held);

    /// <summary>As <see cref="TrafficPicture.WaitingInside"/>. Valid until the next second.</summary>
    public ImmutableArray<int> Waiting => ImmutableCollectionsMarshal.AsImmutableArray(waiting);

    /// <summary>Whoever passed the line of a stop lane has come out again, as far as is known.</summary>
    public bool IsEmpty(int lane) => inside[lane].Count == 0;

    /// <summary>Takes in one second.</summary>
    /// <param name="departures">Per stop lane: vehicles that have passed its line in it.</param>
    public void Observe(SignalState signals, ReadOnlySpan<int> departures, ImmutableArray<LoopReading> loops)
    {
        var second = signals.Second;
        for (var exit = 0; exit < movementsTo.Length; exit++)
        {
            for (var left = loops[model.ExitDetectors[exit]].Count; left > 0; left--) Leave(exit, second);
        }

        for (var lane = 0; lane < inside.Length; lane++)
        {
            if (departures[lane] > 0) lastDeparture[lane] = second;
            for (var passed = departures[lane]; passed > 0; passed--) inside[lane].Add(second);
        }

        for (var lane = 0; lane < inside.Length; lane++) Count(lane, signals);
    }

    private void Leave(int exit, long second)
    {
        var (from, at, least) = (-1, -1, double.PositiveInfinity);
        foreach (var m in movementsTo[exit])
        {
            var lane = model.Movements[m].StopLane;
            for (var i = 0; i < inside[lane].Count; i++)
            {
                var age = second - inside[lane][i];
                if (age < crossing[m].Least) break;
                var doubt = Doubt(age - crossing[m].Usual);
                if (doubt < least) (from, at, least) = (lane, i, doubt);
            }
        }

        if (from >= 0) Remove(from, at);
    }

    /// <summary>How little it fits, in seconds; to be late is common.</summary>
    private static double Doubt(double late) => late <= 0 ? -late : Math.Min(late, LateSeconds);

    /// <summary>Where all go the same way, those before it have come out too.</summary>
    private void Remove(int lane, int at)
    {
        var first = model.Lanes[lane].Movements.Length == 1 ? 0 : at;
        inside[lane].RemoveRange(first, at - first + 1);
    }

    private void Count(int lane, SignalState signals)
    {
        var all = inside[lane];
        var slow = all.Count > 0 && signals.Second - all[0] >= slowest[lane];
        var mayBeHeld = slow && MayBeHeld(lane, signals);
        var late = 0;
        while (late < all.Count && signals.Second - all[late] > slowest[lane] + LateSeconds) late++;
        if (!mayBeHeld) all.RemoveRange(0, late);
        held[lane] = mayBeHeld ? late : 0;
        waiting[lane] = mayBeHeld ? all.Count : 0;
    }

    private bool MayBeHeld(int lane, SignalState signals)
    {
        foreach (var m in model.Lanes[lane].Movements)
        {
            var movement = model.Movements[m];
            if (movement.WaitsInside && model.RightOf(signals.Phase, m) == Right.Yielding && signals.Lamps[movement.Group].IsGreen() && HasMet(movement, signals)) return true;
        }

        return false;
    }

    private bool HasMet(Movement movement, SignalState signals)
    {
        foreach (var foe in movement.YieldsTo)
        {
            if (signals.Second - lastDeparture[model.Movements[foe].StopLane] <= ConflictSeconds) return true;
        }

        return false;
    }
}
