using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Sets of the letters that links show, as bits, so that one look tells whether a letter is in a set. The letters of SUMO differ in the bits that
/// count here, but for <c>m</c> and <c>-</c>, which are in none of the sets.</summary>
internal static class Letters
{
    /// <summary>Nobody passes.</summary>
    public const ulong Red = 1UL << ('r' & 63) | 1UL << ('u' & 63);

    /// <summary>Who can brake does not pass.</summary>
    public const ulong Amber = 1UL << ('y' & 63) | 1UL << ('Y' & 63);

    public const ulong Green = 1UL << ('g' & 63) | 1UL << ('G' & 63);

    /// <summary>Capitals: the link need not yield.</summary>
    public const ulong Priority = PlainlyOpen | 1UL << ('Z' & 63);

    /// <summary>Capitals without the zipper's <c>Z</c>: nobody has to be let go first, whoever comes.</summary>
    public const ulong PlainlyOpen = (1UL << ('Z' & 63)) - (1UL << ('A' & 63));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Are(char letter, ulong set) => (set >> (letter & 63) & 1) != 0;
}
