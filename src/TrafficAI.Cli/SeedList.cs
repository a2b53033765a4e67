using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Cli;

/// <summary>Seeds as people write them: 1-5, or 1,4,9-12.</summary>
public static class SeedList
{
    private const int Most = 1000;

    /// <exception cref="InputException">It is no list of seeds.</exception>
    public static ImmutableArray<int> Parse(string text)
    {
        var seeds = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryRead(ends[0], out var first) || !TryRead(ends[^1], out var last) || last < first || last - first >= Most)
            {
                throw new InputException($"--seeds: '{text}' is no list of seeds. Write 1-5, or 1,4,9-12.");
            }

            for (var seed = first; seed <= last; seed++) seeds.Add(seed);
        }

        return [.. seeds];
    }

    private static bool TryRead(string text, out int seed) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
