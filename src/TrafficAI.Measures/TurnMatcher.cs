using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Finds out which way vehicles took: who left a lane with one way took it; of the others each is matched with a count of an exit loop.</summary>
/// <remarks>An exit loop's vehicle is the one that left longest ago, within 20 s, from a lane with a way there, and of those from lanes with one way only rather than from another.
/// Who is matched with none is counted as unknown.</remarks>
internal sealed class TurnMatcher(IntersectionLayout layout)
{
    private const long LongestSeconds = 20;

    private readonly Queue<long>[] left = [.. layout.Lanes.Select(_ => new Queue<long>())];

    /// <param name="lanes">What stop lines tell of this second.</param>
    public void Observe(long second, LaneSecond[] lanes, ImmutableArray<LoopReading> loops, TallyBins bins)
    {
        for (var lane = 0; lane < left.Length; lane++)
        {
            while (left[lane].TryPeek(out var first) && first < second - LongestSeconds) Lose(lane, bins);
            for (var i = 0; i < lanes[lane].Crossed; i++) left[lane].Enqueue(second);
        }

        foreach (var exit in layout.Exits)
        {
            if (exit.Detector < 0) continue;
            for (var i = 0; i < loops[exit.Detector].Count; i++) Match(exit.Index, bins);
        }
    }

    public void Break()
    {
        foreach (var lane in left) lane.Clear();
    }

    private bool HasOneWay(int lane) => layout.Lanes[lane].Movements.Length == 1;

    /// <summary>Nobody came out of the junction for it.</summary>
    private void Lose(int lane, TallyBins bins)
    {
        var tally = bins.At(left[lane].Dequeue());
        if (!HasOneWay(lane)) tally.Add(Count.TurnsUnknown);
        else Take(layout.Lanes[lane].Movements[0], tally);
    }

    private void Match(int exit, TallyBins bins)
    {
        var best = -1;
        foreach (var movement in layout.Movements)
        {
            if (movement.Exit != exit || !left[movement.Lane].TryPeek(out var first)) continue;
            if (best >= 0 && !IsBefore(movement, first, layout.Movements[best])) continue;
            best = movement.Index;
        }

        if (best >= 0) Take(best, bins.At(left[layout.Movements[best].Lane].Dequeue()));
    }

    private bool IsBefore(MeasuredMovement one, long first, MeasuredMovement other)
    {
        var only = HasOneWay(one.Lane);
        return only == HasOneWay(other.Lane) ? first < left[other.Lane].Peek() : only;
    }

    private static void Take(int movement, Tally tally)
    {
        tally.Turn(movement);
        tally.Add(Count.TurnsKnown);
    }
}
