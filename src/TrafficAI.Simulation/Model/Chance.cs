using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Chance by counting: a number depends only on the seed, the vehicle, the step and the purpose, so that the order of work never
/// matters.</summary>
/// <remarks>The mixing function of Steele, Lea and Flood (2014), Fast Splittable Pseudorandom Number Generators, OOPSLA.</remarks>
internal readonly struct Chance(ulong seed)
{
    /// <summary>What a number is drawn for.</summary>
    public enum Purpose
    {
        Dawdle,
        SpeedFactor,
        DepartLane,
        DepartPosition,
        DepartSpeed,
        Deadlock,
        Walk,
        Stroll,
    }

    /// <summary>Uniform, 0 to below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Unit(int vehicle, long step, Purpose purpose) => Unit(StreamOf(vehicle), step, purpose);

    /// <summary>What all numbers of a vehicle begin with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong StreamOf(int vehicle) => Mix(seed + 0x9E3779B97F4A7C15UL * (ulong)(vehicle + 1));

    /// <summary>The same for a vehicle whose <see cref="StreamOf"/> is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Unit(ulong stream, long step, Purpose purpose)
    {
        var z = Mix(stream ^ ((ulong)step << 4) ^ (ulong)purpose);
        return (long)(z >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Nearly normal, mean 0 and deviation 1, from −6 to 6: the sum of twelve uniform numbers less 6.</summary>
    public double Normal(int vehicle, int draw, Purpose purpose)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Unit(vehicle, draw * 12L + i, purpose);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
