using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>Reads what SUMO tells of a loop: which vehicles lay on it during the last second, since when and until when.</summary>
/// <remarks>Not SUMO's own count and occupancy of the last step: the first counts a standing vehicle each second, the second forgets the
/// part of the second in which a vehicle leaves.</remarks>
internal static class LoopAnswer
{
    /// <param name="now">The street second at which the last second ended.</param>
    public static void Read(ref TraciReader reader, LoopSensor sensor, long now)
    {
        sensor.Begin();
        for (var left = reader.CompoundCount(); left > 0; left--)
        {
            var vehicle = Hash(reader.TypedText());
            reader.TypedDouble(); // its length
            var (entered, gone) = (reader.TypedDouble(), reader.TypedDouble());
            reader.TypedText(); // its type
            sensor.Cover(vehicle, entered - (now - 1), gone < 0 ? 1 : gone - (now - 1)); // less than 0 while it is there
        }
        sensor.End();
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
