using TrafficAI.Signals;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>One loop. SUMO tells which vehicles lay on it during the last second; one that did not before has entered.</summary>
internal sealed class LoopSensor
{
    private readonly HashSet<ulong> onLoop = [];
    private readonly HashSet<ulong> before = [];

    public LoopReading Reading { get; private set; }

    /// <summary>Reads one second: the ids, then the occupancy in percent.</summary>
    public void Read(ref TraciReader reader)
    {
        before.Clear();
        before.UnionWith(onLoop);
        onLoop.Clear();
        reader.Variable(TraciCode.LoopVehicleIds);
        var entered = 0;
        for (var left = reader.TypedTextCount(); left > 0; left--)
        {
            var vehicle = Hash(reader.Text());
            if (onLoop.Add(vehicle) && !before.Contains(vehicle))
                entered++;
        }
        reader.Variable(TraciCode.LoopOccupancy);
        var permille = Math.Round(reader.TypedDouble() * 10, MidpointRounding.AwayFromZero);
        Reading = new((byte)Math.Min(entered, byte.MaxValue), (ushort)Math.Clamp(permille, 0, 1000));
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
