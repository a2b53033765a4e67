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
        ControlClass controlClass,
        SignalProfile profile)
    {
        var passages = new Interphase[phases.Length * phases.Length];
        for (var pair = 0; pair < passages.Length; pair++)
        {
            var (from, to) = (pair / phases.Length, pair % phases.Length);
            var consecutive = to == (from + 1) % phases.Length;
            passages[pair] = controlClass == ControlClass.Site && consecutive && !profile.ComputesIntergreens
                ? OfProgram(program, groups, phases[from].Id, phases[to].Id)
                : Compute(groups, phases[from], phases[to], intergreens, profile.RedAmberSeconds, profile.AllRedExtensionSeconds > 0 ? 1 : 0);
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
    /// starts (its amber at least), so that pedestrians clear while vehicles of the same phase still go. The passage begins when the first
    /// board counts, or the first green flashes; the last seconds of a green flash where it has flashing green, and vehicles that start show red-amber while those that conflict with them are all red.</summary>
    /// <param name="allRedSeconds">Red-amber is shortened so that all red lasts for so many seconds before it, where the intergreens leave them.</param>
    public static Interphase Compute(
        ImmutableArray<SignalGroup> groups, Phase from, Phase to, ImmutableArray<int> intergreens, int redAmberSeconds = 0, int allRedSeconds = 0)
    {
        var clear = groups.Select(g => Ends(from, to, g) ? ClearSeconds(groups, from, to, intergreens, g) : 0).ToArray();
        var redAmber = groups.Select(g => RedAmber(groups, from, to, intergreens, clear, g, redAmberSeconds, allRedSeconds)).ToArray();
        var seconds = new LampImage[groups.Select(g => Ends(from, to, g) ? clear[g.Index] + g.CommittedGreenSeconds : 0).Append(0).Max()];
        for (var second = 0; second < seconds.Length; second++)
        {
            var image = Image(groups, from, to, clear, redAmber, seconds.Length - second);
            seconds[second] = second > 0 && image.Lamps.SequenceEqual(seconds[second - 1].Lamps) ? seconds[second - 1] : image;
        }

        return new(from.Id, to.Id, [.. seconds]);
    }

    /// <param name="left">Seconds until the new phase, 1 or more.</param>
    private static LampImage Image(ImmutableArray<SignalGroup> groups, Phase from, Phase to, int[] clear, int[] redAmber, int left)
    {
        var lamps = new Lamp[groups.Length];
        var letters = from.Letters.ToCharArray();
        foreach (var group in groups)
        {
            var ends = Ends(from, to, group);
            var passed = ends ? clear[group.Index] - left : -1;
            var starts = left <= redAmber[group.Index];
            foreach (var link in group.Links)
                letters[link] = starts ? 'u' : LetterOf(from.Letters[link], to.Letters[link], passed, group.AmberSeconds);
            var letter = letters[group.Links[0]];
            lamps[group.Index] = ends && passed < 0 && passed >= -group.FlashingGreenSeconds ? Lamp.FlashingGreen
                : ends || starts ? Letter.Lamp(letter) : Letter.LampInPhase(letter);
        }

        return new([.. lamps], new string(letters));
    }

    private static bool Ends(Phase from, Phase to, SignalGroup group) => from.Green[group.Index] && !to.Green[group.Index];

    /// <summary>How long a group shows red-amber before its green: no longer than all that conflict with it are red, and no longer than leaves some all red before it.</summary>
    private static int RedAmber(
        ImmutableArray<SignalGroup> groups, Phase from, Phase to, ImmutableArray<int> intergreens, int[] clear, SignalGroup starting, int most, int allRedSeconds)
    {
        if (starting.Kind == GroupKind.Pedestrian || from.Green[starting.Index] || !to.Green[starting.Index]) return 0;
        if (!starting.Links.All(link => Letter.IsRed(from.Letters[link]))) return 0;
        foreach (var foe in groups)
            if (Ends(from, to, foe) && intergreens[foe.Index * groups.Length + starting.Index] > 0)
                most = Math.Min(most, clear[foe.Index] - foe.AmberSeconds - allRedSeconds);
        return Math.Max(0, most);
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
