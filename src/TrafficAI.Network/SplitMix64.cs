namespace TrafficAI.Network;

/// <summary>A seeded stream of chance that is the same on every machine.</summary>
/// <remarks>Steele, Lea and Flood (2014), Fast Splittable Pseudorandom Number Generators, OOPSLA.</remarks>
public sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform, 0 to below 1.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform over whole numbers, both ends included; meant for small ranges.</summary>
    public int NextBetween(int first, int last) => first + (int)(Next() % (ulong)(last - first + 1));
}
