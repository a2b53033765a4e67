namespace TrafficAI.Optimisation;

/// <summary>Spreads keys evenly over [0, 1): guesses that stay the same for one vehicle and differ between vehicles.</summary>
public static class Spread
{
    private const double TwoToThe32 = 4_294_967_296.0;

    /// <summary>A fixed number in [0, 1) for a key.</summary>
    /// <remarks>The 32-bit finaliser of MurmurHash3 (Appleby, public domain).</remarks>
    public static double Of(uint key)
    {
        var h = key;
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        h ^= h >> 16;
        return h / TwoToThe32;
    }

    /// <summary>The number of sample <paramref name="sample"/> of <paramref name="samples"/>: stratified, so that the samples of one
    /// key lie evenly apart.</summary>
    public static double Of(uint key, int sample, int samples)
    {
        var value = Of(key) + (double)sample / samples;
        return value < 1 ? value : value - 1;
    }
}
