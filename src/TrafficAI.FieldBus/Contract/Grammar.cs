using System.Text;
using Google.Protobuf;

namespace TrafficAI.FieldBus;

/// <summary>Rules that several messages share. Each answers in a few words what is wrong, or null.</summary>
internal static class Grammar
{
    public static string? Text(string name, string text, int maximumBytes = WireLimits.TextBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) > maximumBytes) return $"{name} has more than {maximumBytes} bytes";
        return text.Any(c => c < ' ' || c == '\u007f' || c == '\ufffd') ? $"{name} is not one line of UTF-8" : null;
    }

    public static string? Checksum(ByteString checksum) =>
        checksum.Length == WireLimits.ChecksumBytes ? null : $"its configuration checksum has {checksum.Length} bytes, not {WireLimits.ChecksumBytes}";

    public static string? Boot(ulong boot) => boot == 0 ? "its boot is 0" : null;

    public static string? Count(string name, ulong count) => count < WireLimits.Count ? null : $"its {name} is larger than a count can be";

    /// <summary>A word of an enumeration whose words count from 1.</summary>
    public static string? Word<T>(string name, T word, T last)
        where T : struct, Enum
    {
        var number = Convert.ToInt32(word, System.Globalization.CultureInfo.InvariantCulture);
        return number >= 1 && number <= Convert.ToInt32(last, System.Globalization.CultureInfo.InvariantCulture) ? null : $"{name} {number} is unknown";
    }

    public static string? Lamps(IReadOnlyCollection<Wire.Lamp> lamps, int groups) => lamps.Count != groups
        ? $"it has {lamps.Count} lamps for {groups} groups"
        : lamps.Any(lamp => lamp is < Wire.Lamp.Dark or > Wire.Lamp.FlashingAmber) ? "it shows a lamp that does not exist" : null;

    public static string? Clock(Wire.WallClock? clock) => clock is null
        ? null
        : Word("clock quality", clock.Quality, Wire.ClockQuality.Free) ?? Milliseconds(clock.UnixMilliseconds);

    public static string? Milliseconds(long unix) => unix is >= 0 and < 1L << 53 ? null : "its wall clock is out of range";
}
