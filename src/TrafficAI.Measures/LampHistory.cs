using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>What traffic may do.</summary>
public enum Light : byte
{
    /// <summary>Not known, dark or flashing amber.</summary>
    None = 0,
    Green = 1,
    Yellow = 2,
    Red = 3,
}

/// <summary>What each lane was shown in the last ten minutes.</summary>
internal sealed class LampHistory(IntersectionLayout layout)
{
    private const int Kept = 600;

    private readonly Light[] lights = new Light[Kept * layout.Lanes.Length];
    private readonly long[] seconds = [.. Enumerable.Repeat(long.MinValue, Kept)];

    public void Show(long second, ImmutableArray<Lamp> lamps)
    {
        var row = Row(second);
        seconds[row] = second;
        for (var lane = 0; lane < layout.Lanes.Length; lane++) lights[row * layout.Lanes.Length + lane] = Of(layout.Lanes[lane].Groups, lamps);
    }

    /// <summary>What a lane was shown in a second; <see cref="Light.None"/> where that is not known.</summary>
    public Light At(long second, int lane)
    {
        var row = Row(second);
        return seconds[row] == second ? lights[row * layout.Lanes.Length + lane] : Light.None;
    }

    /// <summary>Green where any of its ways may go, else yellow where any clears, else red.</summary>
    internal static Light Of(ImmutableArray<int> groups, ImmutableArray<Lamp> lamps)
    {
        var light = Light.None;
        foreach (var group in groups)
        {
            var lamp = lamps[group];
            if (lamp.IsGreen()) return Light.Green;
            if (lamp == Lamp.Amber) light = Light.Yellow;
            else if (lamp is Lamp.Red or Lamp.RedAmber && light == Light.None) light = Light.Red;
        }

        return light;
    }

    private static int Row(long second) => (int)((second % Kept + Kept) % Kept);
}
