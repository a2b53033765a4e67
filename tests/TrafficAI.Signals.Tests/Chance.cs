namespace TrafficAI.Signals.Tests;

/// <summary>A seeded stream (splitmix64).</summary>
internal sealed class Chance(int seed)
{
    private ulong state = (ulong)(uint)seed * 0x9E3779B97F4A7C15;

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)count);
    }

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool OneIn(int count) => Below(count) == 0;
}
