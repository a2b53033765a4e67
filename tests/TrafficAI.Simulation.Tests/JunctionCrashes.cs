using TrafficAI.Network;
using TrafficAI.Simulation.Model;

namespace TrafficAI.Simulation.Tests;

/// <summary>Vehicles of ways that cross inside a junction must not lie across one another. Taken from the drawn lanes and the junction's matrix alone, not from
/// what drivers know of each other's ways. Ways that touch in the drawing, but not by the matrix, are left out: there SUMO's vehicles pass through one another too.</summary>
internal sealed class JunctionCrashes(Street street)
{
    private readonly StreetState state = street.State;
    private readonly Dictionary<int, List<Piece>> pieces = [];

    /// <summary>The part of a vehicle that lies on a lane inside a junction: the middle line, from back to front.</summary>
    private readonly record struct Piece(int Slot, int Lane, Point[] Line);

    /// <summary>Two vehicles whose middle lines cross, and where; null if there are none.</summary>
    public (int Slot, int Other, int Lane, int OtherLane)? Find()
    {
        pieces.Clear();
        for (var lane = 0; lane < state.LaneCount.Length; lane++)
            foreach (var slot in state.On(lane)) AddPieces(slot);
        foreach (var together in pieces.Values)
            foreach (var one in together)
                foreach (var other in together)
                    if (one.Slot < other.Slot && Crosses(one, other)) return (one.Slot, other.Slot, one.Lane, other.Lane);
        return null;
    }

    private void AddPieces(int slot)
    {
        var car = state.Cars[slot];
        foreach (var lane in (int[])[car.Lane, car.Left1, car.Left2, car.Left3])
        {
            if (lane < 0 || !state.Map.Lanes[lane].IsInside) continue;
            var length = state.Map.Lanes[lane].Length;
            var (back, front) = (Math.Max(0, state.BackOn(car, lane)), lane == car.Lane ? car.Position : length);
            if (back >= front) continue;
            var junction = state.Map.Links[state.Map.Lanes[lane].Exit].Junction;
            if (!pieces.TryGetValue(junction, out var together)) pieces[junction] = together = [];
            together.Add(new(slot, lane, Cut(state.Map.Network.Lanes[lane].Shape.AsSpan(), back / length, front / length)));
        }
    }

    private bool Crosses(in Piece one, in Piece other)
    {
        if (End(one.Lane) == End(other.Lane) || state.Map.OrdinaryBefore(one.Lane) == state.Map.OrdinaryBefore(other.Lane)) return false;
        if (!AreFoes(one.Lane, other.Lane)) return false;
        for (var i = 0; i + 1 < one.Line.Length; i++)
            for (var j = 0; j + 1 < other.Line.Length; j++)
                if (Crosses(one.Line[i], one.Line[i + 1], other.Line[j], other.Line[j + 1])) return true;
        return false;
    }

    private bool AreFoes(int lane, int other)
    {
        var network = state.Map.Network;
        var (way, otherWay) = (network.Connections[state.Map.EntryOf(lane)], network.Connections[state.Map.EntryOf(other)]);
        var rows = network.Junctions[way.Junction].Rows;
        return rows[way.Request].Foes[otherWay.Request] || rows[otherWay.Request].Foes[way.Request];
    }

    /// <summary>The ordinary lane that is reached in the end.</summary>
    private int End(int lane) => state.Map.Links[state.Map.Lanes[lane].Exit].To;

    /// <summary>A line between two shares of its length.</summary>
    private static Point[] Cut(ReadOnlySpan<Point> line, double from, double to)
    {
        var length = 0.0;
        for (var i = 0; i + 1 < line.Length; i++) length += line[i].DistanceTo(line[i + 1]);
        var cut = new List<Point>();
        var begin = 0.0;
        for (var i = 0; i + 1 < line.Length; i++)
        {
            var segment = line[i].DistanceTo(line[i + 1]);
            var (first, last) = (Math.Max(0, (from * length - begin) / segment), Math.Min(1, (to * length - begin) / segment));
            begin += segment;
            if (!(first < last)) continue;
            if (cut.Count == 0) cut.Add(Between(line[i], line[i + 1], first));
            cut.Add(Between(line[i], line[i + 1], last));
        }

        return [.. cut];
    }

    private static Point Between(Point a, Point b, double share) => new(a.X + (b.X - a.X) * share, a.Y + (b.Y - a.Y) * share);

    private static bool Crosses(Point a, Point b, Point c, Point d) => Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0;

    /// <summary>On which side of a line a point lies: the sign.</summary>
    private static double Side(Point a, Point b, Point point) => (b.X - a.X) * (point.Y - a.Y) - (b.Y - a.Y) * (point.X - a.X);
}
