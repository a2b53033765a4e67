using System.Collections.Immutable;
using TrafficAI.Import.Roads;

namespace TrafficAI.Import.Plain;

/// <summary>Joins pieces of one street end to end, wherever nothing else meets them.</summary>
internal static class StreetChains
{
    /// <summary>The chains; each has the tags of its longest piece.</summary>
    public static ImmutableArray<RoadPiece> Join(ImmutableArray<RoadPiece> pieces, JunctionClusters clusters)
    {
        var chains = pieces.ToList();
        for (var joined = true; joined;)
        {
            joined = false;
            var graph = new RoadGraph([.. chains]);
            var used = new HashSet<int>();
            var next = new List<RoadPiece>();
            foreach (var vertex in graph.Vertices)
            {
                if (clusters.Of(vertex) >= 0 || graph.At(vertex) is not [var a, var b] || a.Piece == b.Piece) continue;
                if (used.Contains(a.Piece) || used.Contains(b.Piece) || Joined(graph, a, b) is not { } chain) continue;
                used.Add(a.Piece);
                used.Add(b.Piece);
                next.Add(chain);
                joined = true;
            }

            chains = [.. chains.Where((_, index) => !used.Contains(index)), .. next];
        }

        return [.. chains.OrderBy(chain => chain.Points[0]).ThenBy(chain => chain.Points[^1]).ThenBy(chain => chain.Points[1])];
    }

    /// <returns>Null where the two do not lead on into one another.</returns>
    private static RoadPiece? Joined(RoadGraph graph, (int Piece, int End) a, (int Piece, int End) b)
    {
        var (first, second) = (graph.Pieces[a.Piece], graph.Pieces[b.Piece]);
        if (first.Road.IsLink != second.Road.IsLink || first.End(1 - a.End) == second.End(1 - b.End)) return null;
        if (first.Leads(1 - a.End) != second.Leads(b.End) || first.Leads(a.End) != second.Leads(1 - b.End)) return null;
        var longer = first.Metres >= second.Metres ? first.Road : second.Road;
        var direction = (first.Leads(1 - a.End), first.Leads(a.End)) switch
        {
            (true, true) => RoadDirection.Both,
            (true, false) => RoadDirection.Forward,
            _ => RoadDirection.Backward,
        };
        return new(
            longer with { Direction = direction, Lanes = direction == longer.Direction ? longer.Lanes : LaneTags.None },
            [.. first.From(1 - a.End), .. second.From(b.End)[1..]],
            first.Metres + second.Metres);
    }
}
