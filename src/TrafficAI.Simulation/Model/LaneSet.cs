using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>A set of lanes that is gone through in their order.</summary>
internal sealed class LaneSet(int lanes)
{
    private readonly ulong[] words = new ulong[(lanes >> 6) + 1];

    public void Add(int lane) => words[lane >> 6] |= 1UL << (lane & 63);

    public void Remove(int lane) => words[lane >> 6] &= ~(1UL << (lane & 63));

    /// <summary>Those from a lane on and below another, in their order; the set must not change meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneWalk Walk(int from, int below) => new(words, words, from, below);

    /// <summary>The same among those that are in another set too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneWalk Walk(int from, int below, LaneSet among) => new(words, among.words, from, below);

    public void Clear() => Array.Clear(words);

    public void AddAll(LaneSet other)
    {
        for (var i = 0; i < words.Length; i++) words[i] |= other.words[i];
    }
}
