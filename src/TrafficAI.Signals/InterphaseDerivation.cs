using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Computes how to pass from one phase to another.</summary>
internal static class InterphaseDerivation
{
    /// <summary>Phases × phases, row by row: the programme's own passages where the class keeps them, all others computed.</summary>
    public static ImmutableArray<Interphase> Derive(
        ProgramReading program,
        ImmutableArray<SignalGroup> groups,
        ImmutableArray<Phase> phases,
        ImmutableArray<int> intergreens,
        ControlClass controlClass)
    {
        var passages = new Interphase[phases.Length * phases.Length];
        for (var pair = 0; pair < passages.Length; pair++)
        {
            var (from, to) = (pair / phases.Length, pair % phases.Length);
            var consecutive = to == (from + 1) % phases.Length;
            passages[pair] = controlClass == ControlClass.Site && consecutive
                ? OfProgram(program, groups, phases[from].Id, phases[to].Id)
                : Compute(groups, phases[from], phases[to], intergreens);
        }

        return [.. passages];
    }

    private static Interphase OfProgram(ProgramReading program, ImmutableArray<SignalGroup> groups, PhaseId from, PhaseId to)
    {
        var seconds = ImmutableArray.CreateBuilder<LampImage>();
        foreach (var state in program.Passage(from.Index))
        {
            var image = new LampImage([.. groups.Select(g => program.Lamps[state][g.Links[0]])], program.Letters[state]);
            for (var i = 0; i < program.Seconds[state]; i++) seconds.Add(image);
        }

        return new(from, to, seconds.ToImmutable());
    }

    /// <summary>Backwards from the start of the new phase: every group that ends is green until its longest intergreen to a group that
    /// starts (its amber at least), so that pedestrians clear while vehicles of the same phase still go.</summary>
    public static Interphase Compute(ImmutableArray<SignalGroup> groups, Phase from, Phase to, ImmutableArray<int> intergreens)
    {
        var clear = groups.Select(g => from.Green[g.Index] && !to.Green[g.Index] ? ClearSeconds(groups, from, to, intergreens, g) : 0).ToArray();
        var seconds = new LampImage[clear.Max()];
        for (var second = 0; second < seconds.Length; second++)
        {
            var left = seconds.Length - second;
            var lamps = new Lamp[groups.Length];
            var letters = from.Letters.ToCharArray();
            foreach (var group in groups)
            {
                var ends = from.Green[group.Index] && !to.Green[group.Index];
                var passed = ends ? clear[group.Index] - left : -1;
                foreach (var link in group.Links)
                    letters[link] = LetterOf(from.Letters[link], to.Letters[link], passed, group.AmberSeconds);
                lamps[group.Index] = ends ? Letter.Lamp(letters[group.Links[0]]) : Letter.LampInPhase(letters[group.Links[0]]);
            }

            seconds[second] = second > 0 && lamps.SequenceEqual(seconds[second - 1].Lamps)
                ? seconds[second - 1]
                : new([.. lamps], new string(letters));
        }

        return new(from.Id, to.Id, [.. seconds]);
    }

    private static int ClearSeconds(
        ImmutableArray<SignalGroup> groups, Phase from, Phase to, ImmutableArray<int> intergreens, SignalGroup ending)
    {
        var clear = ending.AmberSeconds;
        foreach (var starting in groups)
            if (to.Green[starting.Index] && (!from.Green[starting.Index] || GainsPriority(starting, from, to)))
                clear = Math.Max(clear, intergreens[ending.Index * groups.Length + starting.Index]);
        return clear;
    }

    /// <summary>A turn that yields in one phase and has priority in the next counts as starting: those to whom it
    /// yielded must have cleared.</summary>
    private static bool GainsPriority(SignalGroup group, Phase from, Phase to)
    {
        foreach (var link in group.Links)
            if (from.Letters[link] == 'g' && to.Letters[link] == 'G') return true;
        return false;
    }

    /// <param name="passed">Seconds since the end of its green; negative while it has not ended, or never will.</param>
    private static char LetterOf(char from, char to, int passed, int amberSeconds)
    {
        if (Letter.IsOff(from) || Letter.IsPassing(from)) return from;
        if (!Letter.IsGreen(from)) return from == 's' && !Letter.IsGreen(to) && to != 's' ? 'r' : from;
        if (Letter.IsGreen(to)) return from == 'g' || to == 'g' ? 'g' : 'G';
        if (passed < 0) return from;
        if (passed < amberSeconds) return 'y';
        return to;
    }
}
