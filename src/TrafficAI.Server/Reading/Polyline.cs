using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Server.Reading;

/// <summary>Parts and directions of a line of points.</summary>
public static class Polyline
{
    private static readonly string[] Winds = ["east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east"];

    /// <summary>The beginning of a line.</summary>
    public static ImmutableArray<Point> First(ImmutableArray<Point> shape, double metres)
    {
        var part = ImmutableArray.CreateBuilder<Point>();
        part.Add(shape[0]);
        for (var i = 1; i < shape.Length && metres > 0; i++)
        {
            var step = shape[i - 1].DistanceTo(shape[i]);
            part.Add(step <= metres ? shape[i] : Along(shape[i - 1], shape[i], metres / step));
            metres -= step;
        }

        return part.ToImmutable();
    }

    /// <summary>The end of a line.</summary>
    public static ImmutableArray<Point> Last(ImmutableArray<Point> shape, double metres) => [.. First([.. shape.Reverse()], metres).Reverse()];

    /// <summary>The wind from which its end is reached.</summary>
    public static string ComesFrom(ImmutableArray<Point> shape) => Wind(shape[^1], shape[^2]);

    /// <summary>The wind to which its beginning leads.</summary>
    public static string GoesTo(ImmutableArray<Point> shape) => Wind(shape[0], shape[1]);

    private static string Wind(Point at, Point towards)
    {
        var eighth = (int)Math.Round(Math.Atan2(towards.Y - at.Y, towards.X - at.X) / (Math.PI / 4), MidpointRounding.AwayFromZero);
        return Winds[(eighth + 8) % 8];
    }

    private static Point Along(Point from, Point to, double share) => new(from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share);
}
