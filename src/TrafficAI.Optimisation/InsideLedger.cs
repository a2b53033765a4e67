using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Who has passed a stop line and not yet been counted on an exit: by lane, the seconds at which they passed. Each vehicle that an exit loop counts is taken to be the one whose
/// time to come there fits best; where all of a lane go the same way, those before it have come out too.</summary>
/// <param name="earlySeconds">A vehicle is looked for although it comes so much sooner than it can: both ends are known to a second only.</param>
internal sealed class InsideLedger(IntersectionModel model, double earlySeconds)
{
    /// <summary>One that is later than that is no less likely than one that is just so late.</summary>
    private const double LateSeconds = 3;

    private readonly List<long>[] inside = [.. model.Lanes.Select(_ => new List<long>())];
    private readonly int[][] movementsTo = [.. model.ExitDetectors.Select((_, exit) => model.Movements.Where(m => m.Exit == exit).Select(m => m.Index).ToArray())];

    /// <summary>Per movement: seconds from the stop line to the exit loop at least, and as a rule.</summary>
    private readonly (double Least, double Usual)[] crossing = [.. model.Movements.Select(m => (CrossingTime.Least(m), CrossingTime.Usual(m)))];

    private readonly double[] usual = [.. model.Lanes.Select(lane => lane.Movements.Max(m => CrossingTime.Usual(model.Movements[m])))];

    /// <summary>When those passed the line of a stop lane that have not come out, rising; its reader may drop the first of them.</summary>
    public List<long> Of(int lane) => inside[lane];

    /// <summary>Seconds that the slowest way of a lane takes as a rule, from the stop line to the exit loop.</summary>
    public double Usual(int lane) => usual[lane];

    /// <summary>Takes in one second: who has come out, then who has gone in.</summary>
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
        }
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
                if (age + earlySeconds < crossing[m].Least) break;
                var doubt = Doubt(age - crossing[m].Usual);
                if (doubt < least) (from, at, least) = (lane, i, doubt);
            }
        }

        if (from >= 0) Remove(from, at);
    }

    /// <summary>How little it fits, in seconds; to be late is common.</summary>
    private static double Doubt(double late) => late <= 0 ? -late : Math.Min(late, LateSeconds);

    private void Remove(int lane, int at)
    {
        var first = model.Lanes[lane].Movements.Length == 1 ? 0 : at;
        inside[lane].RemoveRange(first, at - first + 1);
    }
}
