namespace TrafficAI.Optimisation;

/// <summary>Spreads keys evenly over [0, 1): guesses that stay the same for one vehicle and differ between vehicles.</summary>
public static class Spread
{
    private const double TwoToThe32 = 4_294_967_296.0;

    /// <summary>A fixed number in [0, 1) for a key.</summary>
    public static double Of(uint key) => Mix(key) / TwoToThe32;

    /// <summary>A key made of two.</summary>
    public static uint Join(uint first, uint second) => Mix(first) + second;

    /// <summary>The number of sample <paramref name="sample"/> of <paramref name="samples"/>: stratified, so that the samples of one
    /// key lie evenly apart.</summary>
    public static double Of(uint key, int sample, int samples)
    {
        var value = Of(key) + (double)sample / samples;
        return value < 1 ? value : value - 1;
    }

    /// <summary>The 32-bit finaliser of MurmurHash3 (Appleby, public domain).</summary>
    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        return h ^ h >> 16;
    }
}
