using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Chance by name: what is drawn for a vehicle depends on the seed and its id alone, not on who else drives.</summary>
internal sealed class DemandChance(int seed)
{
    /// <summary>The stream of chance of that name.</summary>
    public SplitMix64 For(string name, string purpose) => new(Mix(Mix((ulong)seed, purpose), name));

    /// <summary>An exponential deviate of mean 1, by comparing uniform ones only, so that its bits are the same on every machine.</summary>
    /// <remarks>von Neumann (1951), Various techniques used in connection with random digits.</remarks>
    public static double NextExponential(SplitMix64 chance)
    {
        for (var whole = 0; ; whole++)
        {
            var first = chance.NextUnit();
            var last = first;
            for (var falls = 1; ; falls++)
            {
                var next = chance.NextUnit();
                if (next < last)
                {
                    last = next;
                    continue;
                }
                if (falls % 2 == 1)
                    return whole + first;
                break;
            }
        }
    }

    // FNV-1a
    private static ulong Mix(ulong state, string text)
    {
        state ^= 0xcbf29ce484222325UL;
        foreach (var letter in text)
            state = (state ^ letter) * 0x100000001b3UL;
        return state;
    }
}
