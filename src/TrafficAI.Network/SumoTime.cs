using System.Globalization;

namespace TrafficAI.Network;

/// <summary>Times as SUMO's files write them: seconds, or <c>h:m:s</c>, or <c>d:h:m:s</c>.</summary>
public static class SumoTime
{
    /// <summary>Reads a time.</summary>
    /// <param name="text">Such as <c>25200</c>, <c>25200.5</c>, <c>07:00:00</c> or <c>1:07:00:00</c>.</param>
    /// <param name="seconds">Finite; may be negative.</param>
    public static bool TryParse(string? text, out double seconds)
    {
        seconds = 0;
        var parts = (text ?? "").Trim().Split(':');
        var negative = parts[0].StartsWith('-');
        return parts.Length switch
        {
            1 => TryNumber(parts[0], out seconds),
            3 or 4 => TryFold(parts, negative, out seconds),
            _ => false,
        };
    }

    private static bool TryFold(string[] parts, bool negative, out double seconds)
    {
        ReadOnlySpan<double> units = parts.Length == 4 ? [86400, 3600, 60, 1] : [3600, 60, 1];
        seconds = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryNumber(parts[i], out var value))
                return false;
            seconds += Math.Abs(value) * units[i];
        }
        seconds = negative ? -seconds : seconds;
        return true;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
