using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>A signal group before its times are known.</summary>
/// <param name="CrossingMetres">Length of its longest crossing; 0 for vehicles.</param>
/// <param name="IsMeasured">The length was measured on the street, and stands for each of its crossings.</param>
internal sealed record GroupLinks(GroupKind Kind, ImmutableArray<int> Links, double CrossingMetres, bool IsMeasured = false);

/// <summary>Finds the links whose lamps always agree.</summary>
internal static class GroupDerivation
{
    /// <summary>Links that show the same in every state, come from the same edge and serve the same kind; ordered by their first link.</summary>
    public static ImmutableArray<GroupLinks> Derive(ProgramReading program, ImmutableArray<LinkKind> kinds)
    {
        var groups = new List<List<int>>();
        for (var link = 0; link < program.LinkCount; link++)
        {
            var home = groups.Find(group => Agree(program, kinds, group[0], link));
            if (home is null) groups.Add([link]);
            else home.Add(link);
        }

        return [.. groups.Select(links => new GroupLinks(kinds[links[0]].Kind, [.. links], links.Max(link => kinds[link].CrossingMetres)))];
    }

    private static bool Agree(ProgramReading program, ImmutableArray<LinkKind> kinds, int linkA, int linkB) =>
        kinds[linkA].Kind == kinds[linkB].Kind && kinds[linkA].FromEdge == kinds[linkB].FromEdge
        && program.Lamps.All(lamps => lamps[linkA] == lamps[linkB]);

    /// <summary>Gives the groups the times of a class and a profile.</summary>
    public static ImmutableArray<SignalGroup> WithTimes(
        ImmutableArray<GroupLinks> groups, ProgramReading program, Observation observed, ControlClass controlClass, SignalProfile profile) =>
        [.. groups.Select((group, index) => new SignalGroup(
            index,
            group.Kind,
            group.Links,
            MinimumGreen(group, index, program, observed, controlClass, profile),
            AmberSeconds(group, index, observed, controlClass, profile),
            profile.FlashingGreenOf(group.Kind),
            Enumerable.Range(0, program.CycleSeconds).Any(second => observed.At(index, second) is Lamp.FlashingAmber or Lamp.Dark),
            controlClass == ControlClass.Site && !profile.ComputesIntergreens && group.Kind == GroupKind.Vehicle ? observed.RedAfterSeconds(index) : null,
            profile.CountdownSeconds))];

    /// <summary>Amber of a group; 0 for pedestrians.</summary>
    public static int AmberSeconds(GroupLinks group, int index, Observation observed, ControlClass controlClass, SignalProfile profile) =>
        group.Kind == GroupKind.Pedestrian ? 0
            : profile.AmberSeconds ?? (controlClass == ControlClass.Site ? observed.AmberSeconds(index) : ClassRules.AmberSeconds);

    private static int MinimumGreen(
        GroupLinks group, int index, ProgramReading program, Observation observed, ControlClass controlClass, SignalProfile profile)
    {
        var least = group.Kind == GroupKind.Pedestrian ? PedestrianTime.GreenSeconds(group.CrossingMetres) : profile.LeastGreenSeconds;
        if (controlClass != ControlClass.Site)
            return Math.Max(ClassRules.MinimumGreen(controlClass, group), profile.ComputesIntergreens ? least : 1);
        var wanted = group.Kind == GroupKind.Pedestrian
            ? PedestrianTime.GreenSeconds(group.CrossingMetres)
            : program.PhaseStates.Where(state => program.Lamps[state][group.Links[0]].IsGreen())
                .Select(state => program.MinimumSeconds[state] ?? ClassRules.SiteMinimumGreenSeconds)
                .DefaultIfEmpty(ClassRules.SiteMinimumGreenSeconds).Min();
        return profile.ComputesIntergreens ? Math.Max(least, wanted) : Math.Max(1, Math.Min(wanted, observed.ShortestGreen(index)));
    }
}
