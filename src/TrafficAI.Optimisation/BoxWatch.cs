using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Tells who is held inside the junction: has passed a stop line and not come out although there was time enough.</summary>
/// <remarks>Each vehicle that an exit loop counts is taken to be the one whose time to come there fits best. One that no loop has seen come
/// out is forgotten after a while: it was missed.</remarks>
public sealed class BoxWatch
{
    /// <summary>Whoever is inside for so much longer than it takes is held there.</summary>
    private const double LateSeconds = 3;

    /// <summary>Nobody is believed to be inside for longer.</summary>
    private const int ForgottenAfterSeconds = 45;

    /// <summary>From the beginning of an exit to its loop.</summary>
    private const double LoopMetres = 8;

    private const double FastestMetresPerSecond = 15;
    private const double StraightMetresPerSecond = 9;
    private const double TurningMetresPerSecond = 6;

    private readonly IntersectionModel model;
    private readonly List<long>[] inside;
    private readonly int[][] movementsTo;

    /// <summary>Per movement: seconds from the stop line to the exit loop at least, and as a rule.</summary>
    private readonly (double Least, double Usual)[] crossing;

    private readonly double[] slowest;
    private readonly int[] held;

    public BoxWatch(IntersectionModel model)
    {
        this.model = model;
        inside = [.. model.Lanes.Select(_ => new List<long>())];
        movementsTo = [.. model.ExitDetectors.Select((_, exit) => model.Movements.Where(m => m.Exit == exit).Select(m => m.Index).ToArray())];
        crossing = [.. model.Movements.Select(Crossing)];
        slowest = [.. model.Lanes.Select(lane => lane.Movements.Max(m => crossing[m].Usual))];
        held = new int[model.Lanes.Length];
    }

    /// <summary>Per stop lane: vehicles that have passed its line and are held inside the junction. Valid until the next second.</summary>
    public ImmutableArray<int> Held => ImmutableCollectionsMarshal.AsImmutableArray(held);

    /// <summary>Takes in one second.</summary>
    /// <param name="departures">Per stop lane: vehicles that have passed its line in it.</param>
    public void Observe(long second, ReadOnlySpan<int> departures, ImmutableArray<LoopReading> loops)
    {
        for (var exit = 0; exit < movementsTo.Length; exit++)
        {
            for (var left = loops[model.ExitDetectors[exit]].Count; left > 0; left--) Leave(exit, second);
        }

        for (var lane = 0; lane < inside.Length; lane++)
        {
            for (var passed = departures[lane]; passed > 0; passed--) inside[lane].Add(second);
            Count(lane, second);
        }
    }

    private static (double Least, double Usual) Crossing(Movement movement)
    {
        var metres = movement.LengthInsideMetres + LoopMetres;
        return (metres / FastestMetresPerSecond, metres / (movement.Direction == TurnDirection.Straight ? StraightMetresPerSecond : TurningMetresPerSecond));
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

    private void Count(int lane, long second)
    {
        var all = inside[lane];
        while (all.Count > 0 && second - all[0] > ForgottenAfterSeconds) all.RemoveAt(0);
        var now = 0;
        while (now < all.Count && second - all[now] > slowest[lane] + LateSeconds) now++;
        held[lane] = now;
    }
}
