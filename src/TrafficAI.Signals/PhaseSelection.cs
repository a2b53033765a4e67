using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Tells the green states of a programme, its phases, from the states that pass between them.</summary>
internal static class PhaseSelection
{
    /// <summary>A shorter state may be a clearance beside an always-green link.</summary>
    private const int ShortMilliseconds = 5000;

    /// <summary>A state in which only pedestrians have ended is their clearance if it is no longer than this, or than they need to
    /// cross; a longer one is a phase of its own.</summary>
    private const int PedestrianClearanceSeconds = 10;

    /// <summary>Indices of the states that are phases; at least one.</summary>
    public static ImmutableArray<int> Choose(ImmutableArray<ProgramState> states, ImmutableArray<LinkKind> links)
    {
        var controlled = links.Select((_, link) => link < states[0].Letters.Length && states.Any(s => Letter.IsGreen(s.Letters[link]))).ToArray();
        var green = states.Select(s => s.Letters.Any(Letter.IsGreen) && !s.Letters.Where((l, link) => controlled[link] && Letter.IsPassing(l)).Any())
            .ToArray();
        if (!green.Contains(true)) return [Longest(states)];
        DropShortClearances(states, green);
        DropPedestrianClearances(states, links, green);
        return [.. Enumerable.Range(0, states.Length).Where(i => green[i])];
    }

    private static int Longest(ImmutableArray<ProgramState> states)
    {
        var longest = 0;
        for (var i = 1; i < states.Length; i++)
            if (states[i].DurationMilliseconds > states[longest].DurationMilliseconds) longest = i;
        return longest;
    }

    /// <summary>A state shorter than 5 s with no green but those both before and after it, and fewer than one of them, clears the junction
    /// beside a link that stays green.</summary>
    private static void DropShortClearances(ImmutableArray<ProgramState> states, bool[] green)
    {
        var candidates = green.ToArray();
        for (var i = 0; i < states.Length; i++)
        {
            if (!candidates[i] || states[i].DurationMilliseconds >= ShortMilliseconds) continue;
            var before = Neighbour(green, i, states.Length - 1);
            var after = Neighbour(green, i, 1);
            if (IsPart(states[i], states[before], out var fewerThanBefore) && IsPart(states[i], states[after], out var fewerThanAfter)
                && (fewerThanBefore || fewerThanAfter))
                green[i] = false;
        }
    }

    /// <summary>A state that follows a phase, in which only crossings have ended, and that leads to a passage.</summary>
    private static void DropPedestrianClearances(ImmutableArray<ProgramState> states, ImmutableArray<LinkKind> links, bool[] green)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var before = (i + states.Length - 1) % states.Length;
            var after = (i + 1) % states.Length;
            if (green[i] && green[before] && !green[after]
                && EndsOnlyPedestrians(states[before].Letters, states[i].Letters, links, out var metres)
                && states[i].DurationMilliseconds <= Math.Max(PedestrianClearanceSeconds, PedestrianTime.ClearanceSeconds(metres)) * 1000)
                green[i] = false;
        }
    }

    /// <param name="metres">The longest crossing that has ended.</param>
    private static bool EndsOnlyPedestrians(string before, string now, ImmutableArray<LinkKind> links, out double metres)
    {
        metres = 0;
        var ended = false;
        for (var link = 0; link < now.Length; link++)
        {
            if (Letter.IsGreen(before[link]) == Letter.IsGreen(now[link])) continue;
            if (Letter.IsGreen(now[link]) || links[link].Kind != GroupKind.Pedestrian) return false;
            ended = true;
            metres = Math.Max(metres, links[link].CrossingMetres);
        }

        return ended;
    }

    private static int Neighbour(bool[] green, int state, int step)
    {
        for (var i = (state + step) % green.Length; ; i = (i + step) % green.Length)
            if (green[i]) return i;
    }

    private static bool IsPart(ProgramState part, ProgramState whole, out bool fewer)
    {
        fewer = false;
        for (var link = 0; link < part.Letters.Length; link++)
        {
            var (inPart, inWhole) = (Letter.IsGreen(part.Letters[link]), Letter.IsGreen(whole.Letters[link]));
            if (inPart && !inWhole) return false;
            fewer |= inWhole && !inPart;
        }

        return true;
    }
}
