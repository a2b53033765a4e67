using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>A programme in whole seconds, and which of its states are phases.</summary>
/// <param name="Letters">Per state its letters, all of one length.</param>
/// <param name="Lamps">Per state what each link shows; see <see cref="ReadLamps"/>.</param>
/// <param name="Seconds">Per state its whole seconds, at least 1.</param>
/// <param name="Starts">Per state the second of the cycle at which it begins.</param>
/// <param name="MinimumSeconds">Per state the file's own minimum, rounded up, or null.</param>
/// <param name="PhaseStates">The states that are phases, in order; at least one.</param>
internal sealed record ProgramReading(
    ImmutableArray<string> Letters,
    ImmutableArray<ImmutableArray<Lamp>> Lamps,
    ImmutableArray<int> Seconds,
    ImmutableArray<int> Starts,
    ImmutableArray<int?> MinimumSeconds,
    ImmutableArray<int> PhaseStates,
    int CycleSeconds,
    int OffsetSeconds)
{
    public int LinkCount => Letters[0].Length;

    /// <summary>The transitional states between a phase and the next one, in order.</summary>
    /// <param name="phase">Index of the phase that ends.</param>
    public IEnumerable<int> Passage(int phase)
    {
        var end = PhaseStates[(phase + 1) % PhaseStates.Length];
        for (var state = (PhaseStates[phase] + 1) % Letters.Length; state != end; state = (state + 1) % Letters.Length)
            yield return state;
    }

    /// <summary>Second of the cycle at which a phase ends and the passage to the next one begins.</summary>
    public int EndOfPhase(int phase) => (Starts[PhaseStates[phase]] + Seconds[PhaseStates[phase]]) % CycleSeconds;

    /// <summary>Reads the programme of an intersection.</summary>
    /// <exception cref="SignalsException">It has no states, or its letters are wrong.</exception>
    public static ProgramReading Read(Intersection intersection, ImmutableArray<LinkKind> links)
    {
        var states = intersection.Program.States;
        Check(intersection);
        var letters = states.Select(s => s.Letters).ToImmutableArray();
        var phases = PhaseSelection.Choose(states, links);
        var seconds = WholeSeconds(states, phases);
        var starts = new int[seconds.Length];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + seconds[i - 1];
        return new(
            letters,
            ReadLamps(letters, phases),
            seconds,
            [.. starts],
            [.. states.Select(s => s.MinimumMilliseconds is { } minimum ? (int?)RoundUp(minimum) : null)],
            phases,
            starts[^1] + seconds[^1],
            Round(intersection.Program.OffsetMilliseconds));
    }

    /// <summary>What each link shows in each state. Programmes use the letters of amber and of red-amber for both: after red they are
    /// red-amber, else amber; on a link that is never green, and in a phase, they mean that nobody is controlled.</summary>
    private static ImmutableArray<ImmutableArray<Lamp>> ReadLamps(ImmutableArray<string> letters, ImmutableArray<int> phases)
    {
        var lamps = letters.Select(l => l.Select(Letter.LampInPhase).ToArray()).ToArray();
        for (var link = 0; link < letters[0].Length; link++)
        {
            if (!letters.Any(l => Letter.IsGreen(l[link]))) continue;
            for (var state = 0; state < letters.Length; state++)
                if (Letter.IsPassing(letters[state][link]) && !phases.Contains(state))
                    lamps[state][link] = Letter.IsRed(LetterBefore(letters, state, link)) ? Lamp.RedAmber : Lamp.Amber;
        }

        return [.. lamps.Select(l => l.ToImmutableArray())];
    }

    /// <summary>The last letter of a link, before a state, that belongs to no passage; 'y' where there is none.</summary>
    private static char LetterBefore(ImmutableArray<string> letters, int state, int link)
    {
        for (var back = 1; back < letters.Length; back++)
        {
            var letter = letters[(state + letters.Length - back) % letters.Length][link];
            if (!Letter.IsPassing(letter)) return letter;
        }

        return 'y';
    }

    /// <summary>Rounds the states to whole seconds: passages up, phases so that the time lost or won is made good at once; the rest
    /// comes out of the longest phase, so that the cycle is kept where that leaves it 1 s.</summary>
    private static ImmutableArray<int> WholeSeconds(ImmutableArray<ProgramState> states, ImmutableArray<int> phases)
    {
        var seconds = new int[states.Length];
        var carry = 0;
        for (var i = 0; i < states.Length; i++)
        {
            var exact = states[i].DurationMilliseconds;
            seconds[i] = phases.Contains(i) ? Math.Max(1, Round(exact + carry)) : RoundUp(exact);
            carry += exact - seconds[i] * 1000;
        }

        var longest = phases[0];
        foreach (var phase in phases)
            if (seconds[phase] > seconds[longest]) longest = phase;
        seconds[longest] = Math.Max(1, seconds[longest] + Round(carry));
        return [.. seconds];
    }

    private static void Check(Intersection intersection)
    {
        var states = intersection.Program.States;
        var where = $"signal '{intersection.Id}', programme '{intersection.Program.ProgramId}'";
        if (states.IsDefaultOrEmpty || states[0].Letters.Length == 0)
            throw new SignalsException($"{where}: it has no states. Give its tlLogic at least one phase with a state.");
        for (var i = 0; i < states.Length; i++)
        {
            var state = states[i];
            if (state.Letters.Length != states[0].Letters.Length)
                throw new SignalsException(
                    $"{where}: state {i + 1} has {state.Letters.Length} letters, state 1 has {states[0].Letters.Length}. Make them equal.");
            foreach (var letter in state.Letters)
                if (!Letter.Known.Contains(letter, StringComparison.Ordinal))
                    throw new SignalsException($"{where}: state {i + 1} has the letter '{letter}'. Use one of {Letter.Known}.");
            if (state.DurationMilliseconds <= 0)
                throw new SignalsException($"{where}: state {i + 1} lasts {state.DurationMilliseconds} ms. Give it a duration above 0.");
        }

        if (intersection.Links.Length > states[0].Letters.Length)
            throw new SignalsException(
                $"{where}: it has {states[0].Letters.Length} letters for {intersection.Links.Length} links. Add the missing letters.");
    }

    private static int RoundUp(int milliseconds) => (milliseconds + 999) / 1000;

    private static int Round(int milliseconds) => (int)Math.Floor((milliseconds + 500) / 1000.0);
}
