using System.Globalization;
using System.Text.RegularExpressions;

namespace TrafficAI.Import.Plain;

/// <summary>What the table says of the lanes of a street, such as <c>4 per direction (dual)</c>, <c>5 total two-way</c> or <c>4 one-way E</c>; of a range the lower
/// figure, of several the one nearest to a direction.</summary>
/// <param name="PerDirection">Lanes of each direction; null where it is not told.</param>
/// <param name="OneWay">Lanes of a one-way street.</param>
/// <param name="Total">Lanes of both directions together; of an odd number one is a pocket for turns to the left before the junction.</param>
public sealed partial record LaneWords(int? PerDirection, int? OneWay, int? Total)
{
    public static LaneWords Read(string text) => new(Figure(text, "per direction"), Figure(text, "one-way"), Figure(text, "total"));

    private static int? Figure(string text, string kind)
    {
        foreach (Match match in Phrase().Matches(text))
            if (match.Groups[2].Value == kind && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var lanes) return lanes;
        return null;
    }

    [GeneratedRegex(@"(?<!\d)(\d{1,2})(?:-\d{1,2})? (per direction|one-way|total)", RegexOptions.CultureInvariant)]
    private static partial Regex Phrase();
}
