using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>How long after the end of one green a conflicting one may begin.</summary>
internal static class IntergreenDerivation
{
    /// <summary>Groups × groups, row by row: whole seconds from the end of the row's green to the start of the column's.</summary>
    public static ImmutableArray<int> Derive(
        RoadNetwork network,
        Intersection intersection,
        ImmutableArray<GroupLinks> groups,
        ImmutableArray<Conflict> conflicts,
        ProgramReading program,
        Observation observed,
        ControlClass controlClass,
        SignalProfile profile)
    {
        var count = groups.Length;
        var allRed = observed.AllRedSeconds();
        var shown = controlClass == ControlClass.Site ? ObservedIntergreens.Of(program, groups, observed) : null;
        var seconds = new int[count * count];
        for (var pair = 0; pair < seconds.Length; pair++)
        {
            if (conflicts[pair] == Conflict.None) continue;
            var (ending, starting) = (groups[pair / count], groups[pair % count]);
            if (profile.ComputesIntergreens)
                seconds[pair] = Math.Max(
                    shown is null ? OfClass(controlClass, ending, starting) : shown.Adjacent[pair] ?? 0,
                    Math.Max(
                        GroupDerivation.AmberSeconds(ending, pair / count, observed, controlClass, profile),
                        Geometric(network, intersection, ending, starting)));
            else
                seconds[pair] = shown is null
                    ? OfClass(controlClass, ending, starting)
                    : shown.Adjacent[pair] ?? Math.Min(shown.Longest[pair], Math.Max(
                        AmberOf(ending, pair / count, observed) + allRed, Geometric(network, intersection, ending, starting)));
        }

        return [.. seconds];
    }

    private static int OfClass(ControlClass controlClass, GroupLinks ending, GroupLinks starting) =>
        (ending.Kind, starting.Kind) is (GroupKind.Pedestrian, GroupKind.Vehicle)
            ? Math.Max(ClassRules.Intergreen(controlClass), PedestrianTime.ClearanceSeconds(ending.CrossingMetres))
            : ClassRules.Intergreen(controlClass);

    private static int AmberOf(GroupLinks group, int index, Observation observed) =>
        group.Kind == GroupKind.Pedestrian ? 0 : observed.AmberSeconds(index);

    private static int Geometric(RoadNetwork network, Intersection intersection, GroupLinks ending, GroupLinks starting) =>
        ConflictDerivation.FoesOf(network, intersection, ending, starting)
            .Select(way => way.IsCrossing
                ? PedestrianTime.ClearanceSeconds(ending.IsMeasured ? ending.CrossingMetres : WayLength.Metres(network, way))
                : ClearingTime.Seconds(way.Direction, WayLength.Metres(network, way), network.Lanes[way.FromLane].SpeedLimitMetresPerSecond))
            .DefaultIfEmpty(0).Max();
}
