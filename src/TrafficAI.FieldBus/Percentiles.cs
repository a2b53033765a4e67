using System.Numerics;

namespace TrafficAI.FieldBus;

/// <summary>Counts durations in buckets that are 6 % wide or less, so that millions take no more room than a few.</summary>
/// <remarks>All members may be called from several threads at once.</remarks>
public sealed class Percentiles
{
    private const int StepsPerOctave = 16;
    private const int LongestOctave = 40;

    private readonly long[] counts = new long[(LongestOctave - 2) * StepsPerOctave];
    private long total;
    private long most;

    public long Count => Volatile.Read(ref total);

    /// <summary>The longest; exact.</summary>
    public TimeSpan Longest => TimeSpan.FromMicroseconds(Volatile.Read(ref most));

    public void Add(TimeSpan duration)
    {
        var microseconds = Math.Clamp((long)duration.TotalMicroseconds, 0, (1L << LongestOctave) - 1);
        Interlocked.Increment(ref counts[Bucket(microseconds)]);
        Interlocked.Increment(ref total);
        for (var known = Volatile.Read(ref most); microseconds > known; known = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, microseconds, known) == known) return;
    }

    /// <summary>The duration that a share of all does not exceed: the upper end of its bucket; zero when there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan At(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        for (var bucket = 0; bucket < counts.Length && left > 0; bucket++)
        {
            left -= Volatile.Read(ref counts[bucket]);
            if (left <= 0) return TimeSpan.FromMicroseconds(Math.Min(UpperEnd(bucket), Volatile.Read(ref most)));
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(long microseconds)
    {
        if (microseconds < StepsPerOctave) return (int)microseconds;
        var octave = BitOperations.Log2((ulong)microseconds);
        return (octave - 3) * StepsPerOctave + (int)((microseconds >> (octave - 4)) - StepsPerOctave);
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < StepsPerOctave) return bucket;
        var octave = bucket / StepsPerOctave + 3;
        return ((long)(bucket % StepsPerOctave + StepsPerOctave + 1) << (octave - 4)) - 1;
    }
}
