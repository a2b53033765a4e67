using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Knows how many turners stand inside the junction: they have left their lanes and have not come out.</summary>
/// <remarks>Every vehicle that comes out is matched to one that went in, by what the lights and the way allowed; where all who could be it
/// have been matched, an earlier match is moved (one augmenting step). So nobody is counted twice, whoever it was. One who could
/// have left for long enough is forgotten: it was never there, or a detector has failed.</remarks>
public sealed class InsideWatch
{
    /// <summary>Nobody is believed to stand inside for longer.</summary>
    private const int MemorySeconds = 90;

    private const double FastestMetresPerSecond = 15;

    /// <summary>One who is slower stands for a while.</summary>
    private const double SlowMetresPerSecond = 5;

    private const int SlackSeconds = 3;

    private readonly IntersectionModel model;
    private readonly List<Passage> passages = [];
    private readonly int[][] crossing;
    private readonly int[] freeSeconds;

    public InsideWatch(IntersectionModel model)
    {
        this.model = model;
        crossing = [.. model.Movements.Select(m => model.Movements.Where(o => Crosses(m, o)).Select(o => o.Group).Distinct().ToArray())];
        freeSeconds = new int[model.Movements.Length];
    }

    /// <summary>A vehicle left a lane.</summary>
    /// <param name="possible">Bit k: movement k of the lane could go; 0 where none had green: then any may have gone.</param>
    public void Departed(int lane, long second, uint possible)
    {
        var movements = model.Lanes[lane].Movements.Length;
        var all = movements >= 32 ? uint.MaxValue : (1u << movements) - 1;
        passages.Add(new(lane, second, (possible & all) == 0 ? all : possible & all, -1, 0));
    }

    /// <summary>A vehicle came out.</summary>
    public void CameOut(int exit, long second)
    {
        var all = CollectionsMarshal.AsSpan(passages);
        var likeliest = Likeliest(all, exit, second);
        for (var i = 0; i < all.Length && likeliest < 0; i++)
        {
            if (all[i].Exit < 0 || all[i].Exit == exit || Likelihood(all[i], exit, second) == 0) continue;
            var other = Likeliest(all, all[i].Exit, all[i].Out);
            if (other < 0) continue;
            all[other] = all[other] with { Exit = all[i].Exit, Out = all[i].Out };
            likeliest = i;
        }

        if (likeliest >= 0) all[likeliest] = all[likeliest] with { Exit = exit, Out = second };
    }

    /// <summary>Takes in the lamps of a second, and forgets whoever can no longer be inside.</summary>
    public void Observe(SignalState signals, long second)
    {
        for (var m = 0; m < freeSeconds.Length; m++) freeSeconds[m] = IsCrossed(m, signals) ? 0 : freeSeconds[m] + 1;
        var keep = 0;
        var all = CollectionsMarshal.AsSpan(passages);
        foreach (ref readonly var passage in all)
        {
            if (second - passage.Second <= MemorySeconds && !HadTimeToLeave(passage, second)) all[keep++] = passage;
        }

        passages.RemoveRange(keep, passages.Count - keep);
    }

    /// <summary>Counts those who stand inside.</summary>
    /// <param name="shares">Per movement its share of its lane.</param>
    /// <param name="inside">Per movement, written; one that could be of several movements counts in parts.</param>
    public void Count(long second, ReadOnlySpan<double> shares, Span<double> inside)
    {
        inside.Clear();
        foreach (ref readonly var passage in CollectionsMarshal.AsSpan(passages))
        {
            if (passage.Exit >= 0) continue;
            var movements = model.Lanes[passage.Lane].Movements;
            var total = 0.0;
            for (var k = 0; k < movements.Length; k++) total += Stands(passage, k, second) ? shares[movements[k]] : 0;
            for (var k = 0; k < movements.Length && total > 0; k++)
            {
                if (Stands(passage, k, second)) inside[movements[k]] += shares[movements[k]] / total;
            }
        }
    }

    private bool Crosses(Movement one, Movement other) =>
        one.StopLane != other.StopLane
        && (model.Signals.ConflictBetween(one.Group, other.Group) != Conflict.None
            || one.YieldsTo.Contains(other.Index) || other.YieldsTo.Contains(one.Index));

    private bool IsCrossed(int movement, SignalState signals)
    {
        foreach (var group in crossing[movement])
        {
            if (signals.Lamps[group] != Lamp.Red) return true;
        }

        return false;
    }

    private bool HadTimeToLeave(in Passage passage, long second)
    {
        if (passage.Exit >= 0) return false;
        var movements = model.Lanes[passage.Lane].Movements;
        for (var k = 0; k < movements.Length; k++)
        {
            var way = model.Movements[movements[k]];
            if (!passage.MayTake(k)) continue;
            var had = way.WaitsInside ? Math.Min(freeSeconds[way.Index], second - passage.Second) : second - passage.Second;
            if (had < SlowSeconds(way) + SlackSeconds) return false;
        }

        return true;
    }

    private bool Stands(in Passage passage, int k, long second)
    {
        var way = model.Movements[model.Lanes[passage.Lane].Movements[k]];
        return way.WaitsInside && passage.MayTake(k) && second - passage.Second > SlowSeconds(way);
    }

    private int Likeliest(ReadOnlySpan<Passage> all, int exit, long second)
    {
        var likeliest = -1;
        var most = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var likelihood = all[i].Exit < 0 ? Likelihood(all[i], exit, second) : 0;
            if (likelihood <= most) continue;
            (likeliest, most) = (i, likelihood);
        }

        return likeliest;
    }

    /// <summary>0 for impossible. One who goes through without a stop is likelier than one who has waited, and few change lanes inside.</summary>
    private int Likelihood(in Passage passage, int exit, long second)
    {
        var movements = model.Lanes[passage.Lane].Movements;
        var took = second - passage.Second;
        var most = 0;
        for (var k = 0; k < movements.Length; k++)
        {
            var way = model.Movements[movements[k]];
            if (!passage.MayTake(k) || model.ExitRoads[way.Exit] != model.ExitRoads[exit]) continue;
            if (took < way.LengthInsideMetres / FastestMetresPerSecond - 2) continue;
            var stops = took > SlowSeconds(way);
            if (stops && !way.WaitsInside && took > SlowSeconds(way) + 2 * SlackSeconds) continue;
            most = Math.Max(most, 1 + (stops ? 0 : 2) + (way.Exit == exit ? 1 : 0));
        }

        return most;
    }

    private static double SlowSeconds(Movement way) => way.LengthInsideMetres / SlowMetresPerSecond + SlackSeconds;

    /// <summary>A vehicle that went in.</summary>
    /// <param name="Possible">Bit k: it may have taken movement k of its lane.</param>
    /// <param name="Exit">Where it came out; −1 while it is inside.</param>
    /// <param name="Out">When it did.</param>
    private readonly record struct Passage(int Lane, long Second, uint Possible, int Exit, long Out)
    {
        public bool MayTake(int k) => (Possible >> k & 1) != 0;
    }
}
