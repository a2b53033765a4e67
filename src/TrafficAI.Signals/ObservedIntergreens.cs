using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>The intergreens that a programme itself shows. Groups × groups, row by row, whole seconds.</summary>
/// <param name="Adjacent">The shortest one within a passage, in which the row ends and the column starts; null where there is none.
/// Never longer than <paramref name="Longest"/>.</param>
/// <param name="Longest">No intergreen may be longer, or the programme could not run: the shortest time, as
/// <see cref="PassageRules"/> sees it, from an end in an earlier passage; <see cref="int.MaxValue"/> where there is none.</param>
internal sealed record ObservedIntergreens(ImmutableArray<int?> Adjacent, ImmutableArray<int> Longest)
{
    public static ObservedIntergreens Of(ProgramReading program, ImmutableArray<GroupLinks> groups, Observation observed)
    {
        var adjacent = new int?[groups.Length * groups.Length];
        var longest = new int[adjacent.Length];
        Array.Fill(longest, int.MaxValue);
        for (var phase = 0; phase < program.PhaseStates.Length; phase++)
        {
            var begin = program.EndOfPhase(phase);
            var length = program.Passage(phase).Sum(state => program.Seconds[state]);
            for (var pair = 0; pair < adjacent.Length; pair++)
                Look(groups, observed, begin, length, pair, adjacent, longest);
        }

        for (var pair = 0; pair < adjacent.Length; pair++)
            if (adjacent[pair] > longest[pair]) adjacent[pair] = longest[pair];
        return new([.. adjacent], [.. longest]);
    }

    /// <summary>Looks at one pair in one passage, which lasts from <paramref name="begin"/> to the first second of the next phase.</summary>
    private static void Look(
        ImmutableArray<GroupLinks> groups, Observation observed, int begin, int length, int pair, int?[] adjacent, int[] longest)
    {
        var (ending, starting) = (pair / groups.Length, pair % groups.Length);
        for (var start = 0; start <= length; start++)
        {
            if (!observed.At(starting, begin + start).IsGreen() || observed.At(starting, begin + start - 1).IsGreen()) continue;
            if (observed.At(ending, begin + start).IsGreen()) continue;
            var last = start - 1;
            while (last >= -1 && !observed.At(ending, begin + last).IsGreen()) last--;
            if (last >= -1)
            {
                adjacent[pair] = Math.Min(adjacent[pair] ?? int.MaxValue, start - last - 1);
                continue;
            }

            if (observed.RunBefore(ending, begin) >= observed.CycleSeconds) continue;
            var redAfter = groups[ending].Kind == GroupKind.Pedestrian ? 0 : observed.RedAfterSeconds(ending);
            longest[pair] = Math.Min(
                longest[pair], PassageRules.SinceGreen(observed.At(ending, begin - 1), observed.RunBefore(ending, begin), redAfter) + start);
        }
    }
}
