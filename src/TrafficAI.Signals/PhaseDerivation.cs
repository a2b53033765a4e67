using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Makes the phases of a class out of the green states of a programme.</summary>
internal static class PhaseDerivation
{
    public static ImmutableArray<Phase> Derive(ProgramReading program, ImmutableArray<SignalGroup> groups, ControlClass controlClass) =>
        [.. program.PhaseStates.Select((state, index) => Derive(program, groups, controlClass, state, index))];

    private static Phase Derive(
        ProgramReading program, ImmutableArray<SignalGroup> groups, ControlClass controlClass, int state, int index)
    {
        ImmutableArray<bool> green = [.. groups.Select(g => program.Lamps[state][g.Links[0]].IsGreen())];
        var minimum = controlClass == ControlClass.Site
            ? Math.Min(program.MinimumSeconds[state] ?? ClassRules.SiteMinimumGreenSeconds, program.Seconds[state])
            : groups.Where(g => green[g.Index]).Select(g => g.MinimumGreenSeconds).Append(ClassRules.MinimumGreen(controlClass)).Max();
        return new(PhaseId.OfIndex(index), green, program.Letters[state], Math.Max(1, minimum));
    }
}
