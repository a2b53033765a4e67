using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Knows how many vehicles stand inside the junction: they have left their lanes and have not come out.</summary>
/// <remarks>Every vehicle that comes out is matched to one that went in, by what its lane's lights and the way allow; where the likeliest has
/// been matched before, an earlier match is moved. So none is counted twice, whoever it was.</remarks>
public sealed class InsideWatch
{
    /// <summary>Nobody is believed to stand inside for longer; a detector that fails is forgotten so soon.</summary>
    private const int MemorySeconds = 90;

    private const double FastestMetresPerSecond = 15;

    /// <summary>Slower than this a vehicle is taken to stand.</summary>
    private const double SlowMetresPerSecond = 5;

    private const int StandsAfterSeconds = 3;

    private readonly IntersectionModel model;
    private readonly List<Passage> passages = [];
    private readonly bool[] conflicts;
    private readonly int[] free;

    public InsideWatch(IntersectionModel model)
    {
        this.model = model;
        free = new int[model.Movements.Length];
        conflicts = [.. model.Movements.SelectMany(m => model.Movements.Select(o => Conflict(m, o)))];
    }

    private bool Conflict(Movement m, Movement o) =>
        m.StopLane != o.StopLane
        && (model.Signals.ConflictBetween(m.Group, o.Group) != TrafficAI.Signals.Conflict.None || m.YieldsTo.Contains(o.Index) || o.YieldsTo.Contains(m.Index));

    /// <summary>Takes in the lamps of a second: who could have left and did not come out is not there.</summary>
    public void Observe(SignalState signals, long second)
    {
        for (var m = 0; m < free.Length; m++)
        {
            var opposed = false;
            for (var o = 0; o < free.Length && !opposed; o++)
                opposed = conflicts[m * free.Length + o] && signals.Lamps[model.Movements[o].Group] != Lamp.Red;
            free[m] = opposed ? 0 : free[m] + 1;
        }

        passages.RemoveAll(p => second - p.Second > MemorySeconds || HasLeft(p, second));
    }

    private bool HasLeft(in Passage passage, long second)
    {
        if (passage.Exit >= 0) return false;
        var movements = model.Lanes[passage.Lane].Movements;
        for (var k = 0; k < movements.Length; k++)
        {
            var way = model.Movements[movements[k]];
            if ((passage.Possible >> k & 1) == 0) continue;
            if (Math.Min(way.WaitsInside ? free[way.Index] : int.MaxValue, second - passage.Second) < way.LengthInsideMetres / SlowMetresPerSecond + 2 * StandsAfterSeconds) return false;
        }

        return true;
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
        var best = Likeliest(all, exit, second);
        if (best >= 0)
        {
            all[best] = all[best] with { Exit = exit, Out = second };
            return;
        }

        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Exit < 0 || all[i].Exit == exit || Likelihood(all[i], exit, second) == 0) continue;
            var other = Likeliest(all, all[i].Exit, all[i].Out);
            if (other < 0) continue;
            all[other] = all[other] with { Exit = all[i].Exit, Out = all[i].Out };
            all[i] = all[i] with { Exit = exit, Out = second };
            return;
        }
    }

    /// <summary>Counts those who stand inside.</summary>
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
            if (total <= 0) continue;
            for (var k = 0; k < movements.Length; k++)
            {
                if (Stands(passage, k, second)) inside[movements[k]] += shares[movements[k]] / total;
            }
        }
    }

    private bool Stands(in Passage passage, int k, long second)
    {
        var way = model.Movements[model.Lanes[passage.Lane].Movements[k]];
        return way.WaitsInside && (passage.Possible >> k & 1) != 0
            && second - passage.Second > way.LengthInsideMetres / SlowMetresPerSecond + StandsAfterSeconds;
    }

    /// <summary>Of those who may be passing through without a stop the first in; else of those who may have waited. Vehicles change lanes inside,
    /// but not often.</summary>
    private int Likeliest(ReadOnlySpan<Passage> all, int exit, long second)
    {
        var likeliest = -1;
        var best = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var rank = all[i].Exit < 0 ? Likelihood(all[i], exit, second) : 0;
            if (rank <= best) continue;
            (likeliest, best) = (i, rank);
        }

        return likeliest;
    }

    /// <summary>0 for impossible; more is likelier.</summary>
    private int Likelihood(in Passage passage, int exit, long second)
    {
        var movements = model.Lanes[passage.Lane].Movements;
        var best = 0;
        for (var k = 0; k < movements.Length; k++)
        {
            var way = model.Movements[movements[k]];
            if (model.ExitRoads[way.Exit] != model.ExitRoads[exit] || (passage.Possible >> k & 1) == 0) continue;
            var took = second - passage.Second;
            if (took < way.LengthInsideMetres / FastestMetresPerSecond - 2) continue;
            var ordinary = took <= way.LengthInsideMetres / SlowMetresPerSecond + StandsAfterSeconds;
            if (!ordinary && !way.WaitsInside && took > way.LengthInsideMetres / SlowMetresPerSecond + 2 * StandsAfterSeconds + 4) continue;
            best = Math.Max(best, 1 + (ordinary ? 2 : 0) + (way.Exit == exit ? 1 : 0));
        }

        return best;
    }

    /// <summary>A vehicle that went in.</summary>
    /// <param name="Possible">Bit k: it may have taken movement k of its lane.</param>
    /// <param name="Exit">Where it came out; −1 while it is inside.</param>
    /// <param name="Out">When it did.</param>
    private readonly record struct Passage(int Lane, long Second, uint Possible, int Exit, long Out);
}
