using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Makes the phases of a class out of the green states of a programme.</summary>
internal static class PhaseDerivation
{
    /// <remarks>Green that flashes or is counted down follows the phase and counts for the minimum of its groups, so the phase itself may be shorter by it.</remarks>
    public static ImmutableArray<Phase> Derive(
        ProgramReading program, ImmutableArray<SignalGroup> groups, ControlClass controlClass, SignalProfile profile) =>
        [.. program.PhaseStates.Select((state, index) => Derive(program, groups, controlClass, profile, state, index))];

    private static Phase Derive(
        ProgramReading program, ImmutableArray<SignalGroup> groups, ControlClass controlClass, SignalProfile profile, int state, int index)
    {
        ImmutableArray<bool> green = [.. groups.Select(g => program.Lamps[state][g.Links[0]].IsGreen())];
        var minimum = controlClass == ControlClass.Site
            ? Math.Min(program.MinimumSeconds[state] ?? ClassRules.SiteMinimumGreenSeconds, program.Seconds[state])
            : ClassRules.MinimumGreen(controlClass);
        if (controlClass != ControlClass.Site || profile.ComputesIntergreens)
            minimum = groups.Where(g => green[g.Index]).Select(g => g.MinimumGreenSeconds - g.CommittedGreenSeconds)
                .Append(minimum - profile.CommittedGreenSeconds).Max();
        return new(PhaseId.OfIndex(index), green, program.Letters[state], Math.Max(1, minimum));
    }
}
