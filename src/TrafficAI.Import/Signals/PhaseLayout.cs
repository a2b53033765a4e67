using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Import.Signals;

/// <summary>The phases of a junction, from its geometry: approaches whose straight ways do not meet go together; turns to the left out of lanes of their own
/// have a phase for themselves where they face three lanes or more, or where there are too many of them for the gaps; pedestrians walk where only turning traffic crosses, which yields.</summary>
internal sealed class PhaseLayout
{
    private const int LanesToProtectFrom = 3;

    /// <summary>Turns to the left per hour that a phase of their own is for, in the textbooks of the CIS.</summary>
    private const double TurnsToProtectFrom = 120;

    /// <summary>Product of turns to the left and oncoming vehicles per hour, for each lane of these: the usual warrant of the Highway Capacity Manual.</summary>
    private const double ProductToProtectFrom = 50_000;

    private readonly RoadNetwork network;
    private readonly Intersection intersection;
    private readonly bool pedestriansAlone;
    private readonly TurningCounts counts;
    private readonly ImmutableArray<Connection[]> links;
    private readonly List<LayoutPhase> phases = [];

    private PhaseLayout(RoadNetwork network, Intersection intersection, bool pedestriansAlone, TurningCounts counts)
    {
        (this.network, this.intersection, this.pedestriansAlone, this.counts) = (network, intersection, pedestriansAlone, counts);
        links = [.. intersection.Links.Select(own => own.Select(index => network.Connections[index]).ToArray())];
    }

    /// <param name="pedestriansAlone">Pedestrians have a phase of their own, and no other.</param>
    public static ImmutableArray<LayoutPhase> Of(RoadNetwork network, Intersection intersection, bool pedestriansAlone, TurningCounts counts)
    {
        var layout = new PhaseLayout(network, intersection, pedestriansAlone, counts);
        foreach (var group in layout.Groups()) layout.Add(group);
        layout.AddPedestrians();
        return [.. layout.phases];
    }

    /// <summary>Approaches that go together, the widest first.</summary>
    private List<List<int>> Groups()
    {
        var rest = links.SelectMany(own => own).Where(way => !way.IsCrossing).Select(way => network.Lanes[way.FromLane].Edge).Distinct()
            .OrderByDescending(edge => network.Edges[edge].Lanes.Length).ThenBy(edge => network.Edges[edge].Id.Value, StringComparer.Ordinal).ToList();
        var groups = new List<List<int>>();
        while (rest.Count > 0)
        {
            var group = new List<int>();
            foreach (var edge in rest)
                if (group.All(other => !Meet(Leading(edge), Leading(other)))) group.Add(edge);
            rest.RemoveAll(group.Contains);
            groups.Add(group);
        }

        return groups;
    }

    private void Add(List<int> edges)
    {
        var own = VehicleLinks(edges);
        var guarded = own.Where(link => IsGuarded(link, own)).ToHashSet();
        var main = own.Where(link => !guarded.Contains(link)).ToList();
        if (main.Count > 0) phases.Add(Phase(main, pedestriansAlone ? [] : [.. CrossingLinks().Where(crossing => !main.Any(link => IsStraight(link) && Meet([crossing], [link])))], main));
        if (guarded.Count == 0) return;
        var beside = main.Where(link => !Meet([link], [.. guarded]));
        phases.Add(Phase([.. guarded.Concat(beside).Order()], [], [.. guarded]));
    }

    /// <summary>Crossings that have found no phase.</summary>
    private void AddPedestrians()
    {
        var unserved = CrossingLinks().Where(link => !phases.Any(phase => phase.Letters[link] != 'r')).ToList();
        if (unserved.Count > 0) phases.Add(Phase([], pedestriansAlone ? unserved : [.. CrossingLinks()], []));
    }

    private LayoutPhase Phase(List<int> vehicles, List<int> crossings, List<int> measure)
    {
        var letters = new char[links.Length];
        Array.Fill(letters, 'r');
        foreach (var link in crossings) letters[link] = 'G';
        foreach (var link in vehicles) letters[link] = Yields(link, vehicles) || Meet([link], crossings) ? 'g' : 'G';
        return new(new string(letters), [.. measure]);
    }

    private bool Yields(int link, List<int> others) =>
        others.Any(other => other != link && links[link].Any(way => links[other].Any(foe => network.YieldsTo(way, foe))));

    /// <summary>A turn to the left from lanes of its own against many.</summary>
    private bool IsGuarded(int link, List<int> own)
    {
        if (!IsLeft(link) || !links[link].All(way => links.SelectMany(all => all).Where(other => other.FromLane == way.FromLane).All(other => IsLeft(other.Direction)))) return false;
        var oncoming = own.Where(other => IsStraight(other) && Meet([link], [other])).SelectMany(other => links[other]).ToList();
        var lanes = oncoming.Select(way => way.FromLane).Distinct().Count();
        var (turning, against) = (Flow(links[link]), Flow(oncoming));
        return lanes >= LanesToProtectFrom || lanes > 0 && (turning >= TurnsToProtectFrom || turning * against >= ProductToProtectFrom * lanes);
    }

    private double Flow(IEnumerable<Connection> ways) =>
        ways.Select(way => (From: EdgeOf(way.FromLane), To: EdgeOf(way.ToLane))).Distinct().Sum(way => counts.Of(way.From, way.To));

    private string EdgeOf(int lane) => network.Edges[network.Lanes[lane].Edge].Id.Value;

    /// <summary>The ways that decide with whom an approach can go: straight on, or all where none is.</summary>
    private List<int> Leading(int edge)
    {
        var own = VehicleLinks([edge]);
        return own.Any(IsStraight) ? [.. own.Where(IsStraight)] : own;
    }

    private bool Meet(List<int> some, List<int> others) => some.Any(a => others.Any(b => links[a].Any(way => links[b].Any(foe => network.AreFoes(way, foe)))));

    private List<int> VehicleLinks(List<int> edges) =>
        [.. Enumerable.Range(0, links.Length).Where(link => links[link].Any(way => !way.IsCrossing && edges.Contains(network.Lanes[way.FromLane].Edge)))];

    private List<int> CrossingLinks() => [.. Enumerable.Range(0, links.Length).Where(link => links[link].Length > 0 && links[link].All(way => way.IsCrossing))];

    private bool IsStraight(int link) => links[link].Any(way => way.Direction == TurnDirection.Straight);

    private bool IsLeft(int link) => links[link].All(way => IsLeft(way.Direction));

    private static bool IsLeft(TurnDirection direction) => direction is TurnDirection.Left or TurnDirection.PartialLeft or TurnDirection.UTurn;
}

/// <summary>A phase as laid out.</summary>
/// <param name="Letters">One of SUMO's letters per signal link: G, g or r.</param>
/// <param name="Measure">The links whose flow says how long it has to be.</param>
internal sealed record LayoutPhase(string Letters, ImmutableArray<int> Measure);
