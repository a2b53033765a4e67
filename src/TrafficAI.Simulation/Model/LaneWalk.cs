using System.Numerics;
using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Goes through the lanes of a set, or those that two sets share, in their order.</summary>
internal ref struct LaneWalk
{
    private readonly ReadOnlySpan<ulong> words;
    private readonly ReadOnlySpan<ulong> among;
    private readonly int below;
    private int word;
    private ulong bits;

    public LaneWalk(ulong[] words, ulong[] among, int from, int below)
    {
        var count = below > from ? ((below - 1) >> 6) + 1 : 0;
        this.words = words.AsSpan(0, count);
        this.among = among.AsSpan(0, count);
        (this.below, word) = (below, from >> 6);
        if (count > 0) bits = words[word] & among[word] & (ulong.MaxValue << (from & 63));
    }

    /// <summary>The next lane; −1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        while (bits == 0)
        {
            if (++word >= words.Length || word >= among.Length) return -1;
            bits = words[word] & among[word];
        }

        var lane = (word << 6) + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return lane < below ? lane : -1;
    }

    /// <summary>Leaves out those below a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipTo(int lane)
    {
        if (lane >> 6 == word) bits &= ulong.MaxValue << (lane & 63);
        else if (lane >> 6 < words.Length) (word, bits) = (lane >> 6, words[lane >> 6] & among[lane >> 6] & (ulong.MaxValue << (lane & 63)));
        else (word, bits) = (words.Length, 0);
    }
}
