using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>Finds which row of its junction's right-of-way matrix belongs to each way, and how long the way is inside.</summary>
internal static class RequestRows
{
    /// <summary>SUMO splits a way at most a few times; more lanes than this go round in a circle.</summary>
    private const int MostLanesInside = 100;

    /// <param name="internalLanes">Per junction its lanes inside (the file's <c>intLanes</c>), in the order of its rows.</param>
    public static void Find(
        Way[] ways, ImmutableArray<Lane> lanes, ImmutableArray<Junction> junctions, int[][] internalLanes, FileErrors errors)
    {
        var rowOfLane = RowOfLane(internalLanes, lanes.Length);
        var waysFrom = ways.ToLookup(way => way.From);
        foreach (var way in ways)
        {
            var row = FollowInside(way, waysFrom, lanes, rowOfLane, errors);
            if (way.HasRow && junctions[way.Junction].Rows.Length > 0) way.Request = row;
        }

        foreach (var junction in junctions)
        {
            if (junction.Rows.Length > 0) CountRows(junction, waysFrom, errors);
        }
    }

    private static (int Junction, int Row)[] RowOfLane(int[][] internalLanes, int lanes)
    {
        var rows = new (int Junction, int Row)[lanes];
        Array.Fill(rows, (-1, -1));
        for (var junction = 0; junction < internalLanes.Length; junction++)
        {
            for (var row = 0; row < internalLanes[junction].Length; row++) rows[internalLanes[junction][row]] = (junction, row);
        }

        return rows;
    }

    /// <summary>Goes along the lanes inside the junction, adds up their lengths, and gives the row of the lane that has one;
    /// −1 if none has.</summary>
    private static int FollowInside(
        Way way, ILookup<int, Way> waysFrom, ImmutableArray<Lane> lanes, (int Junction, int Row)[] rowOfLane, FileErrors errors)
    {
        var row = RowOf(way.IsCrossing ? way.To : -1);
        var steps = 0;
        for (var inside = way.Via; inside >= 0; inside = Next(inside))
        {
            if (++steps > MostLanesInside)
            {
                throw errors.At(way.Record.Line,
                    $"the way from edge {FileErrors.Quote(way.Record.From)} to edge {FileErrors.Quote(way.Record.To)} never leaves the junction",
                    "Correct \"via\" of the connections inside it, or write the network again with netconvert");
            }

            way.LengthInsideMetres += lanes[inside].LengthMetres;
            if (row < 0) row = RowOf(inside);
        }

        return row;

        int RowOf(int lane) => lane >= 0 && rowOfLane[lane].Junction == way.Junction ? rowOfLane[lane].Row : -1;

        int Next(int inside)
        {
            foreach (var next in waysFrom[inside])
            {
                if (next.To == way.To) return next.Via;
            }

            return -1;
        }
    }

    /// <summary>Gives a row to the ways that have no lane in the matrix (netconvert can leave out all lanes inside): SUMO counts the ways by
    /// incoming lane, then by the order of the connections.</summary>
    private static void CountRows(Junction junction, ILookup<int, Way> waysFrom, FileErrors errors)
    {
        var row = 0;
        foreach (var lane in junction.IncomingLanes)
        {
            foreach (var way in waysFrom[lane])
            {
                if (!way.HasRow || way.Junction != junction.Index) continue;
                if (way.Request < 0) way.Request = row;
                row++;
                if (way.Request < junction.Rows.Length) continue;
                throw errors.At(way.Record.Line,
                    $"a way through junction {FileErrors.Quote(junction.Id.Value)} has no row, the matrix has {junction.Rows.Length}",
                    "Write the network again with netconvert");
            }
        }
    }
}
