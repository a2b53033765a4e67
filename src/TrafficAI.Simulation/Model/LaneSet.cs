using System.Numerics;
using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>A set of lanes that is gone through in their order.</summary>
internal sealed class LaneSet(int lanes)
{
    private readonly ulong[] words = new ulong[(lanes >> 6) + 1];

    public void Add(int lane) => words[lane >> 6] |= 1UL << (lane & 63);

    public void Remove(int lane) => words[lane >> 6] &= ~(1UL << (lane & 63));

    /// <summary>The lanes from 64 times a number on, as bits, as far as they lie from a lane on and below another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(int word, int from, int below)
    {
        var bits = words[word];
        if (word == from >> 6) bits &= ulong.MaxValue << (from & 63);
        if (word == below >> 6) bits &= (1UL << (below & 63)) - 1;
        return bits;
    }

    /// <summary>Takes the first lane out of the bits of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Take(int word, ref ulong bits)
    {
        var lane = (word << 6) + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return lane;
    }

    public void Clear() => Array.Clear(words);

    public void AddAll(LaneSet other)
    {
        for (var i = 0; i < words.Length; i++) words[i] |= other.words[i];
    }
}
