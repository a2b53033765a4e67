using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Map;

/// <summary>Where two lanes inside a junction meet, from their shapes.</summary>
/// <remarks>As SUMO 1.15 computes its crossing points (MSLink.setRequestInformation, computeDistToDivergence).</remarks>
internal static class LaneMeeting
{
    private const double Nowhere = -10000;

    /// <summary>Lanes whose middles are that far apart do not hinder each other, metres.</summary>
    private const double Apart = 2.5;

    /// <summary>Lanes from the same lane that are apart from the start.</summary>
    public static bool PartAtOnce(Lane own, Lane other) => Distance(own.Shape[0], other.Shape[0]) >= LeastApart(own, other);

    /// <summary>From the begin of the meeting to the end of <paramref name="own"/>, metres.</summary>
    public static double Find(Lane own, Lane other, bool merges, bool sameSource)
    {
        if (sameSource)
        {
            var together = TogetherFor(own.Shape, other.Shape, LeastApart(own, other));
            return Math.Max(0, own.LengthMetres - OnLane(own, together));
        }

        if (merges)
        {
            if (Distance(own.Shape[^1], other.Shape[^1]) >= LeastApart(own, other)) return 0;
            ImmutableArray<Point> mine = [.. own.Shape.Reverse()], its = [.. other.Shape.Reverse()];
            return OnLane(own, TogetherFor(mine, its, LeastApart(own, other)));
        }

        var at = LastCrossing(own.Shape, other.Shape);
        return at < 0 ? own.LengthMetres - Nowhere : own.LengthMetres - OnLane(own, Math.Max(0, at - other.WidthMetres / 2));
    }

    private static double LeastApart(Lane own, Lane other) => Math.Min(Apart, 0.5 * (own.WidthMetres + other.WidthMetres));

    /// <summary>A length along the drawn shape as one along the lane, whose length may be given otherwise.</summary>
    private static double OnLane(Lane lane, double along) => along * lane.LengthMetres / Math.Max(LengthOf(lane.Shape), 0.01);

    /// <summary>Length from the common begin of two shapes to where they are apart.</summary>
    private static double TogetherFor(ImmutableArray<Point> own, ImmutableArray<Point> other, double apart)
    {
        var (length, otherLength) = (LengthOf(own), LengthOf(other));
        double alone = 0, otherAlone = 0;
        if (Distance(own[^1], other[^1]) > apart && DistanceTo(other, own[^1]) > apart && DistanceTo(own, other[^1]) > apart)
        {
            alone = AloneAtEnd(own, other, apart);
            otherAlone = AloneAtEnd(other, own, apart);
        }

        return Math.Min(Math.Max(otherLength - otherAlone, length - alone), Math.Min(otherLength, length));
    }

    private static double AloneAtEnd(ImmutableArray<Point> shape, ImmutableArray<Point> other, double apart)
    {
        var alone = 0.0;
        for (var i = shape.Length - 2; i >= 0; i--)
        {
            var segment = Distance(shape[i], shape[i + 1]);
            var distance = DistanceTo(other, shape[i]);
            if (distance > apart)
            {
                alone += segment;
                continue;
            }

            var next = DistanceTo(other, shape[i + 1]);
            return next > distance ? alone + segment - (apart - distance) * segment / (next - distance) : alone;
        }

        return alone;
    }

    /// <summary>The crossing farthest along the first shape; −1 where they do not cross.</summary>
    private static double LastCrossing(ImmutableArray<Point> own, ImmutableArray<Point> other)
    {
        var (at, begin) = (-1.0, 0.0);
        for (var i = 0; i + 1 < own.Length; i++)
        {
            var length = Distance(own[i], own[i + 1]);
            for (var j = 0; j + 1 < other.Length; j++)
            {
                if (Cross(own[i], own[i + 1], other[j], other[j + 1]) is { } share) at = Math.Max(at, begin + share * length);
            }

            begin += length;
        }

        return at;
    }

    /// <summary>At which share of the first line the second one crosses it.</summary>
    private static double? Cross(Point a, Point b, Point c, Point d)
    {
        var (ux, uy, vx, vy) = (b.X - a.X, b.Y - a.Y, d.X - c.X, d.Y - c.Y);
        var turn = ux * vy - uy * vx;
        if (turn == 0) return null;
        var share = ((c.X - a.X) * vy - (c.Y - a.Y) * vx) / turn;
        var otherShare = ((c.X - a.X) * uy - (c.Y - a.Y) * ux) / turn;
        return share is < 0 or > 1 || otherShare is < 0 or > 1 ? null : share;
    }

    private static double LengthOf(ImmutableArray<Point> shape)
    {
        var length = 0.0;
        for (var i = 0; i + 1 < shape.Length; i++) length += Distance(shape[i], shape[i + 1]);
        return length;
    }

    private static double DistanceTo(ImmutableArray<Point> shape, Point point)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i + 1 < shape.Length; i++) least = Math.Min(least, DistanceTo(shape[i], shape[i + 1], point));
        return least;
    }

    private static double DistanceTo(Point a, Point b, Point point)
    {
        var (x, y) = (b.X - a.X, b.Y - a.Y);
        var square = x * x + y * y;
        var share = square == 0 ? 0 : Math.Clamp(((point.X - a.X) * x + (point.Y - a.Y) * y) / square, 0, 1);
        return Distance(new(a.X + share * x, a.Y + share * y), point);
    }

    private static double Distance(Point a, Point b) => a.DistanceTo(b);
}
