using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Tells who is held inside the junction: has passed a stop line and not come out although there was time enough.</summary>
/// <remarks>One that is late by an <see cref="InsideLedger"/> is taken to be held only while a turner from its lane may go, but must yield, and somebody to yield to has come just now; else it has come out unnoticed.</remarks>
public sealed class BoxWatch
{
    /// <summary>Whoever is inside for so much longer than it takes is held there.</summary>
    private const double LateSeconds = 3;

    /// <summary>One that waits for a gap has gone so long after the last one that it yields to has passed its stop line.</summary>
    private const int ConflictSeconds = 5;

    private readonly IntersectionModel model;
    private readonly InsideLedger inside;
    private readonly int[] held;
    private readonly int[] waiting;
    private readonly long[] lastDeparture;

    public BoxWatch(IntersectionModel model)
    {
        this.model = model;
        inside = new(model, earlySeconds: 0);
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
    public bool IsEmpty(int lane) => inside.Of(lane).Count == 0;

    /// <summary>Takes in one second.</summary>
    /// <param name="departures">Per stop lane: vehicles that have passed its line in it.</param>
    public void Observe(SignalState signals, ReadOnlySpan<int> departures, ImmutableArray<LoopReading> loops)
    {
        var second = signals.Second;
        inside.Observe(second, departures, loops);
        for (var lane = 0; lane < held.Length; lane++)
        {
            if (departures[lane] > 0) lastDeparture[lane] = second;
        }

        for (var lane = 0; lane < held.Length; lane++) Count(lane, signals);
    }

    private void Count(int lane, SignalState signals)
    {
        var all = inside.Of(lane);
        var usual = inside.Usual(lane);
        var slow = all.Count > 0 && signals.Second - all[0] >= usual;
        var mayBeHeld = slow && MayBeHeld(lane, signals);
        var late = 0;
        while (late < all.Count && signals.Second - all[late] > usual + LateSeconds) late++;
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
