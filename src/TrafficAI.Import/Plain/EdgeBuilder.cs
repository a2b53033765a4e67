using System.Collections.Immutable;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Plain;

/// <summary>Makes directed edges of a chain of road: lanes, speed, pockets before a light, lanes for buses.</summary>
/// <param name="chains">All chains of the network.</param>
/// <param name="busLanes">What is known of lanes for buses.</param>
internal sealed class EdgeBuilder(JunctionClusters clusters, Plane plane, ImmutableArray<RoadPiece> chains, ImmutableArray<BusLane> busLanes)
{
    /// <summary>Two carriageways of one street leave a junction in directions that differ by less.</summary>
    private const double CarriagewaysDegrees = 30;

    /// <summary>Who has more has one for turns to the left alone.</summary>
    private const int MostLanesWithPocket = 2;

    /// <summary>Length before the stop line with a pocket for turns, or behind the end of a bus lane, metres.</summary>
    private const double StopMetres = 60;

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>Edges and joints that come with a chain in one direction.</summary>
    /// <param name="Stop">The edge that ends at the far node.</param>
    public sealed record Course(ImmutableArray<PlainEdge> Edges, PlainNode? Joint, PlainEdge Stop, ImmutableArray<PlainConnection> Connections, bool HasPocket);

    /// <param name="fromEnd">The end of the chain at which it begins: 0 or 1.</param>
    public Course Build(RoadPiece chain, int fromEnd, string from, string to)
    {
        var (lanes, told, knowledge) = Lanes(chain, fromEnd);
        var pocket = told || NeedsPocket(chain, 1 - fromEnd, lanes);
        var bus = BusOn(chain, fromEnd) is { Along: true } && lanes > 1 ? BusUse.KerbLane : BusUse.Shared;
        var edge = Edge(chain, fromEnd, from, to, lanes, knowledge) with { Bus = bus };
        return (pocket || bus == BusUse.KerbLane) && chain.Metres > 2 * StopMetres && clusters.Of(chain.End(1 - fromEnd)) >= 0
            ? Split(edge, pocket, told ? Knowledge.Known : Knowledge.Assumed, chain.Metres)
            : new([edge], null, edge, [], false);
    }

    /// <summary>The lane against the traffic of a one-way street; null where buses have none.</summary>
    /// <param name="fromEnd">The end at which the traffic leaves the chain.</param>
    public Course? Against(RoadPiece chain, int fromEnd, string from, string to)
    {
        if (chain.Leads(fromEnd) || BusOn(chain, 1 - fromEnd) is not { Against: true }) return null;
        var edge = Edge(chain, fromEnd, from, to, 1, Knowledge.Known) with { Bus = BusUse.Alone };
        return new([edge], null, edge, [], false);
    }

    private PlainEdge Edge(RoadPiece chain, int fromEnd, string from, string to, int lanes, Knowledge knowledge)
    {
        var id = $"{from}_{to}";
        for (var number = 2; !ids.Add(id); number++) id = $"{from}_{to}_{number}";
        return new(
            id, from, to, chain.Road.Name, chain.Road.Class,
            chain.Road.SpeedKilometresPerHour ?? RoadDefaults.Speed(chain.Road),
            chain.Road.SpeedKilometresPerHour is null ? Knowledge.Assumed : Knowledge.Known,
            lanes, knowledge, BusUse.Shared, chain.From(fromEnd));
    }

    private Course Split(PlainEdge edge, bool pocket, Knowledge pocketKnowledge, double metres)
    {
        var joint = new PlainNode($"{edge.Id}.joint", plane.Cut(edge.Points, metres - StopMetres, metres)[0], null);
        var approach = edge with { To = joint.Id, Points = plane.Cut(edge.Points, 0, metres - StopMetres) };
        var stop = edge with
        {
            Id = $"{edge.Id}.stop", From = joint.Id, Lanes = edge.Lanes + (pocket ? 1 : 0), Bus = BusUse.Shared,
            LaneKnowledge = pocket ? pocketKnowledge : edge.LaneKnowledge,
            Points = plane.Cut(edge.Points, metres - StopMetres, metres),
        };
        var ways = Enumerable.Range(0, stop.Lanes).Select(lane => new PlainConnection(approach.Id, stop.Id, Math.Min(lane, approach.Lanes - 1), lane));
        return new([approach, stop], joint, stop, [.. ways], pocket);
    }

    private (int Lanes, bool Pocket, Knowledge Knowledge) Lanes(RoadPiece chain, int fromEnd)
    {
        var tags = chain.Road.Lanes;
        if ((fromEnd == 0 ? tags.Forward : tags.Backward) is { } own) return (own, false, Knowledge.Known);
        if (tags.Total is { } tagged) return chain.Road.Direction == RoadDirection.Both ? OfTotal(tagged) : (tagged, false, Knowledge.Known);
        foreach (var end in (int[])[1 - fromEnd, fromEnd])
            if (StreetAt(chain, end) is { Lanes.Length: > 0 } street && OfWords(LaneWords.Read(street.Lanes), chain, end) is { } told) return told;
        return (UsualLanes(chain), false, Knowledge.Assumed);
    }

    /// <summary>As many as are usual for the class, and no fewer than where the street goes on behind the junctions at its ends.</summary>
    private int UsualLanes(RoadPiece chain) =>
        Enumerable.Range(0, 2).Where(end => StreetAt(chain, end) is not null).SelectMany(end => chains.Where(other =>
                (other.Road.Direction == RoadDirection.Both) == (chain.Road.Direction == RoadDirection.Both)
                && Enumerable.Range(0, 2).Any(otherEnd => clusters.Of(other.End(otherEnd)) == clusters.Of(chain.End(end)) && StreetAt(other, otherEnd) == StreetAt(chain, end))))
            .Select(other => RoadDefaults.Lanes(other.Road)).Append(RoadDefaults.Lanes(chain.Road)).Max();

    private (int Lanes, bool Pocket, Knowledge Knowledge)? OfWords(LaneWords words, RoadPiece chain, int end) =>
        words.PerDirection is { } each ? (each, false, Knowledge.Known)
        : words.OneWay is { } oneWay && chain.Road.Direction != RoadDirection.Both && !HasOtherCarriageway(chain, end) ? (oneWay, false, Knowledge.Known)
        : words.Total is { } total ? OfTotal(total)
        : null;

    /// <summary>Where few lanes meet oncoming traffic, who turns to the left would block those behind him: a pocket is assumed.</summary>
    private bool NeedsPocket(RoadPiece chain, int end, int lanes)
    {
        if (lanes > MostLanesWithPocket || chain.Road.IsLink || clusters.Of(chain.End(end)) < 0) return false;
        var heading = plane.EndHeading(chain.From(1 - end));
        var (hasLeft, hasOncoming) = (false, false);
        foreach (var other in chains)
        {
            for (var otherEnd = 0; otherEnd < 2; otherEnd++)
            {
                if (ReferenceEquals(other, chain) || clusters.Of(other.End(otherEnd)) != clusters.Of(chain.End(end))) continue;
                var turn = Plane.Turn(heading, plane.StartHeading(other.From(otherEnd)));
                hasLeft |= other.Leads(otherEnd) && turn is > TurnLanes.StraightDegrees and < TurnLanes.UTurnDegrees;
                hasOncoming |= other.Leads(1 - otherEnd) && Math.Abs(turn) <= TurnLanes.StraightDegrees;
            }
        }

        return hasLeft && hasOncoming;
    }

    /// <summary>Whether the traffic against that of a one-way chain has a chain beside it.</summary>
    private bool HasOtherCarriageway(RoadPiece chain, int end)
    {
        var heading = plane.StartHeading(chain.From(end));
        return chains.Any(other => Enumerable.Range(0, 2).Any(otherEnd =>
            clusters.Of(other.End(otherEnd)) == clusters.Of(chain.End(end)) && other.Leads(otherEnd) != chain.Leads(end)
            && Math.Abs(Plane.Turn(heading, plane.StartHeading(other.From(otherEnd)))) < CarriagewaysDegrees));
    }

    private static (int Lanes, bool Pocket, Knowledge Knowledge) OfTotal(int total) => (Math.Max(1, total / 2), total > 1 && total % 2 == 1, Knowledge.Known);

    private SiteStreet? StreetAt(RoadPiece chain, int end) =>
        clusters.Of(chain.End(end)) is >= 0 and var junction ? StreetNames.Find(clusters.Junctions[junction], chain.Road) : null;

    /// <summary>A lane for buses on a chain between two junctions of the street, in the direction of its traffic.</summary>
    private BusLane? BusOn(RoadPiece chain, int fromEnd)
    {
        var (a, b) = (clusters.Of(chain.End(fromEnd)), clusters.Of(chain.End(1 - fromEnd)));
        if (a < 0 || b < 0) return null;
        return busLanes.FirstOrDefault(lane => StreetAt(chain, 0)?.Key == lane.Street
            && lane.Junctions.Contains(clusters.Junctions[a].Id) && lane.Junctions.Contains(clusters.Junctions[b].Id));
    }
}
