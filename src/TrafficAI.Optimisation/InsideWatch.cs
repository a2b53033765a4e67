using System.Runtime.InteropServices;

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

    public InsideWatch(IntersectionModel model) => this.model = model;

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
            if (all[i].Exit < 0 || all[i].Exit == exit || !Could(all[i], exit, second)) continue;
            var other = Likeliest(all, all[i].Exit, all[i].Out);
            if (other < 0) continue;
            all[other] = all[other] with { Exit = all[i].Exit, Out = all[i].Out };
            all[i] = all[i] with { Exit = exit, Out = second };
            return;
        }
    }

    /// <summary>Forgets what can matter no more.</summary>
    public void Expire(long second) => passages.RemoveAll(p => second - p.Second > MemorySeconds);

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

    /// <summary>The first in that could be the one that came out; of those who went straight through before those who may have waited.</summary>
    private int Likeliest(ReadOnlySpan<Passage> all, int exit, long second)
    {
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Exit < 0 && Could(all[i], exit, second)) return i;
        }

        return -1;
    }

    private bool Could(in Passage passage, int exit, long second)
    {
        var movements = model.Lanes[passage.Lane].Movements;
        for (var k = 0; k < movements.Length; k++)
        {
            var way = model.Movements[movements[k]];
            if (way.Exit != exit || (passage.Possible >> k & 1) == 0) continue;
            var took = second - passage.Second;
            if (took < way.LengthInsideMetres / FastestMetresPerSecond - 1) continue;
            return way.WaitsInside || took <= way.LengthInsideMetres / SlowMetresPerSecond + 2 * StandsAfterSeconds + 4;
        }

        return false;
    }

    /// <summary>A vehicle that went in.</summary>
    /// <param name="Possible">Bit k: it may have taken movement k of its lane.</param>
    /// <param name="Exit">Where it came out; −1 while it is inside.</param>
    /// <param name="Out">When it did.</param>
    private readonly record struct Passage(int Lane, long Second, uint Possible, int Exit, long Out);
}
