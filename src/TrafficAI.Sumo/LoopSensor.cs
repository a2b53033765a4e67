using TrafficAI.Signals;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>One loop. SUMO tells which vehicles lay on it during the last second, since when and until when; one that did not lie on it
/// the second before has entered.</summary>
/// <remarks>Not SUMO's own count and occupancy of the last step: the first counts a standing vehicle each second, the second forgets the
/// part of the second in which a vehicle leaves.</remarks>
internal sealed class LoopSensor
{
    private readonly List<(double From, double Until)> covered = [];
    private HashSet<ulong> onLoop = [];
    private HashSet<ulong> before = [];

    public LoopReading Reading { get; private set; }

    /// <summary>Reads the value for one second.</summary>
    /// <param name="now">The street second at which it ended.</param>
    public void Read(ref TraciReader reader, long now)
    {
        (onLoop, before) = (before, onLoop);
        onLoop.Clear();
        covered.Clear();
        var entered = 0;
        for (var left = reader.CompoundCount(); left > 0; left--)
        {
            var vehicle = Hash(reader.TypedText());
            reader.TypedDouble(); // its length
            Cover(now, reader.TypedDouble(), reader.TypedDouble());
            reader.TypedText(); // its type
            if (onLoop.Add(vehicle) && !before.Contains(vehicle))
                entered++;
        }
        Reading = new((byte)Math.Min(entered, byte.MaxValue), Permille());
    }

    /// <param name="left">When it left; less than 0 while it is there.</param>
    private void Cover(long now, double entered, double left)
    {
        var (from, until) = (Math.Clamp(entered - (now - 1), 0, 1), left < 0 ? 1 : Math.Clamp(left - (now - 1), 0, 1));
        if (until > from)
            covered.Add((from, until));
    }

    /// <summary>The share of the second in which at least one vehicle lay on the loop.</summary>
    private ushort Permille()
    {
        covered.Sort();
        var (total, end) = (0.0, 0.0);
        foreach (var (from, until) in covered)
        {
            total += Math.Max(0, until - Math.Max(from, end));
            end = Math.Max(end, until);
        }
        return (ushort)Math.Clamp(Math.Round(total * 1000, MidpointRounding.AwayFromZero), 0, 1000);
    }

    /// <summary>FNV-1a. Two vehicles on one loop with the same 64 bits do not happen.</summary>
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in id)
            hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }
}
