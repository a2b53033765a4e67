using System.Runtime.CompilerServices;
using System.Numerics;

namespace TrafficAI.Simulation.Model;

/// <summary>A set of lanes that is gone through in their order.</summary>
internal sealed class LaneSet(int lanes)
{
    private readonly ulong[] words = new ulong[(lanes >> 6) + 1];

    public void Add(int lane) => words[lane >> 6] |= 1UL << (lane & 63);

    public void Remove(int lane) => words[lane >> 6] &= ~(1UL << (lane & 63));

    /// <summary>The first one from a lane on and below another; −1 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int from, int below) => Next(from, below, this);

    /// <summary>The same among those that are in another set too.</summary>
    public int Next(int from, int below, LaneSet among)
    {
        if (from >= below) return -1;
        var word = from >> 6;
        var bits = words[word] & among.words[word] & (ulong.MaxValue << (from & 63));
        var last = (below - 1) >> 6;
        while (bits == 0)
        {
            if (++word > last) return -1;
            bits = words[word] & among.words[word];
        }

        var lane = (word << 6) + BitOperations.TrailingZeroCount(bits);
        return lane < below ? lane : -1;
    }

    public void Clear() => Array.Clear(words);

    public void AddAll(LaneSet other)
    {
        for (var i = 0; i < words.Length; i++) words[i] |= other.words[i];
    }
}
