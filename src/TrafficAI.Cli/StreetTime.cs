using System.Globalization;

namespace TrafficAI.Cli;

/// <summary>Street seconds as people write them: 25200 or 07:00:00.</summary>
public static class StreetTime
{
    /// <returns>Null for null.</returns>
    /// <exception cref="InputException">It is neither.</exception>
    public static long? Parse(string option, string? text)
    {
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return seconds;
        var parts = text.Split(':');
        if (parts.Length is 2 or 3 && parts.All(p => p.Length is 1 or 2 && p.All(char.IsAsciiDigit)))
        {
            var numbers = parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            if (numbers[1] < 60 && (numbers.Length == 2 || numbers[2] < 60))
            {
                return numbers[0] * 3600L + numbers[1] * 60 + (numbers.Length == 3 ? numbers[2] : 0);
            }
        }

        throw new InputException($"{option}: '{text}' is no time. Write seconds (25200) or HH:MM:SS (07:00:00).");
    }

    /// <summary>HH:MM:SS; hours go on past 24.</summary>
    public static string Format(long second) =>
        string.Create(CultureInfo.InvariantCulture, $"{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}");
}
