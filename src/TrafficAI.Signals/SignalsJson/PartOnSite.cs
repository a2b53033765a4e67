using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Signals;

/// <summary>Lays what <c>signals.json</c> says of an intersection over what is derived from its network and programme. It only raises.</summary>
/// <exception cref="SignalsException">From every method: the two do not fit; the message says where, what and what next.</exception>
internal static class PartOnSite
{
    /// <summary>Every group of the file is one of the intersection, and every intergreen is between two that conflict.</summary>
    public static void Check(IntersectionPart part, ProgramReading program, ImmutableArray<GroupLinks> groups, ImmutableArray<Conflict> conflicts)
    {
        foreach (var own in part.Groups)
        {
            var group = groups[IndexOf(own, groups)];
            if (own.CrossingMetres is not null && group.Kind != GroupKind.Pedestrian)
                throw new SignalsException($"{own.Where}.crossingWidth: the group serves vehicles. Leave it out.");
            if (own.QueueLimitMetres is not null && group.Kind != GroupKind.Vehicle)
                throw new SignalsException($"{own.Where}.queueLimit: the group serves pedestrians, whom no gate holds. Leave it out.");
            if (own.IsSection && group.Kind != GroupKind.Vehicle)
                throw new SignalsException($"{own.Where}.lamp: the group serves pedestrians, who have no additional section. Leave it out.");
        }

        foreach (var own in part.Intergreens) PairOf(own, groups, conflicts);
        if (part.RaisesTimes && program.PhaseStates.Length == 1)
            throw new SignalsException($"{part.Where}: signal '{part.Id}' has a single phase and keeps its programme. Leave out minimumGreen, crossingWidth and intergreens.");
    }

    /// <summary>The groups, with crossings as long as they were measured.</summary>
    public static ImmutableArray<GroupLinks> Measured(IntersectionPart part, ImmutableArray<GroupLinks> groups)
    {
        var measured = groups.ToArray();
        foreach (var own in part.Groups)
        {
            if (own.CrossingMetres is not { } metres) continue;
            var index = IndexOf(own, groups);
            if (metres < groups[index].CrossingMetres)
                throw new SignalsException(string.Create(CultureInfo.InvariantCulture,
                    $"{own.Where}.crossingWidth: the network draws {groups[index].CrossingMetres:0.0##} m, more than {metres} m. Give at least that, or mend the network."));
            measured[index] = groups[index] with { CrossingMetres = metres, IsMeasured = true };
        }

        return [.. measured];
    }

    /// <summary>The intergreens with those of the file.</summary>
    public static ImmutableArray<int> Raised(
        IntersectionPart part, ImmutableArray<int> intergreens, ImmutableArray<GroupLinks> groups, ImmutableArray<Conflict> conflicts)
    {
        var seconds = intergreens.ToArray();
        foreach (var own in part.Intergreens)
        {
            var pair = PairOf(own, groups, conflicts);
            if (own.Seconds < intergreens[pair])
                throw new SignalsException($"{own.Where}.seconds: {own.Seconds} s is less than the {intergreens[pair]} s that programme, profile and geometry ask for. Give at least that.");
            seconds[pair] = Math.Max(seconds[pair], own.Seconds);
        }

        return [.. seconds];
    }

    /// <summary>The groups with the minima of the file.</summary>
    public static ImmutableArray<SignalGroup> Raised(IntersectionPart part, ImmutableArray<SignalGroup> groups, ImmutableArray<GroupLinks> links)
    {
        var raised = groups.ToArray();
        foreach (var own in part.Groups)
        {
            if (own.MinimumGreenSeconds is not { } seconds) continue;
            var group = groups[IndexOf(own, links)];
            if (seconds < group.MinimumGreenSeconds)
                throw new SignalsException(
                    $"{own.Where}.minimumGreen: {seconds} s is less than the {group.MinimumGreenSeconds} s that programme, profile and crossing ask for. Give at least that.");
            raised[group.Index] = group with { MinimumGreenSeconds = seconds };
        }

        return [.. raised];
    }

    private static int IndexOf(GroupPart part, ImmutableArray<GroupLinks> groups)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Links.SequenceEqual(part.Links)) return i;
            if (groups[i].Links.Contains(part.Links[0]))
                throw new SignalsException($"{part.Where}.links: link {part.Links[0]} is in a group with the links [{string.Join(", ", groups[i].Links)}], which always show the same. Give exactly these.");
        }

        throw new SignalsException($"{part.Where}.links: there is no link {part.Links[0]}. Give links from 0 to {groups.Max(g => g.Links.Max())}.");
    }

    /// <summary>Its place in a table of groups × groups.</summary>
    private static int PairOf(IntergreenPart part, ImmutableArray<GroupLinks> groups, ImmutableArray<Conflict> conflicts)
    {
        var pair = GroupOf(part.From, "from") * groups.Length + GroupOf(part.To, "to");
        return conflicts[pair] != Conflict.None ? pair
            : throw new SignalsException($"{part.Where}: the ways of links {part.From} and {part.To} do not meet, so there is no intergreen. Leave it out, or correct the links.");

        int GroupOf(int link, string member)
        {
            for (var i = 0; i < groups.Length; i++)
                if (groups[i].Links.Contains(link)) return i;
            throw new SignalsException($"{part.Where}.{member}: there is no link {link}. Give a link from 0 to {groups.Max(g => g.Links.Max())}.");
        }
    }
}
