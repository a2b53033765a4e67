using System.Collections.Immutable;

namespace TrafficAI.Cli;

/// <summary>Names that somebody may have meant.</summary>
public static class NearestNames
{
    /// <summary>The names that take the fewest single letters to change, those that contain the given one first; of equals in their order.</summary>
    public static ImmutableArray<string> Of(string given, IReadOnlyList<string> names, int most) =>
        [.. names.OrderBy(name => given.Length == 0 || !name.Contains(given, StringComparison.OrdinalIgnoreCase)).ThenBy(name => Distance(given, name)).Take(most)];

    /// <summary>Levenshtein distance, upper and lower case being the same.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
