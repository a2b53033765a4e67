using System.Collections.Immutable;
using TrafficAI.Cli.Report;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Design;

/// <summary>A junction from above with the ways that a phase lets go: with priority in full, yielding in dashes, pedestrians across.</summary>
public sealed class PhaseDrawing
{
    private const double ArmMetres = 14;
    private const int Size = 230;
    private readonly RoadNetwork network;
    private readonly ImmutableArray<(int Link, Connection Way, ImmutableArray<Point> Shape)> ways;
    private readonly double left;
    private readonly double top;
    private readonly double scale;

    public PhaseDrawing(RoadNetwork network, Intersection intersection)
    {
        this.network = network;
        ways = [.. intersection.Links.SelectMany((own, link) => own.Select(index => network.Connections[index]).Select(way => (link, way, Shape(way))))];
        var points = ways.SelectMany(way => way.Shape).ToList();
        left = points.Min(p => p.X) - ArmMetres;
        top = points.Max(p => p.Y) + ArmMetres;
        scale = Size / Math.Max(points.Max(p => p.X) - left + ArmMetres, top - points.Min(p => p.Y) + ArmMetres);
    }

    public Markup Of(Phase phase) => Markup.Of($"""
        <svg class="phase" viewBox="0 0 {Size} {Size}" role="img"><defs><marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0 6 3 0 6z" fill="#16934a"/></marker></defs>
        {ways.Where(way => !way.Way.IsCrossing).SelectMany(way => new[] { way.Way.FromLane, way.Way.ToLane }).Distinct().Select(Arm)}{ways.Select(way => Way(way.Way, way.Shape, phase.Letters[way.Link]))}</svg>
        """);

    private Markup Arm(int lane) => Markup.Of($"<polyline points='{Text(Near(lane))}' class='arm'/>");

    private static Markup Nothing => Markup.Nothing;

    private Markup Way(Connection way, ImmutableArray<Point> shape, char letter) => (way.IsCrossing, letter) switch
    {
        (true, 'G' or 'g') => Markup.Of($"<polyline points='{Text(shape)}' class='walk'/>"),
        (true, _) => Markup.Of($"<polyline points='{Text(shape)}' class='nowalk'/>"),
        (_, 'G') => Markup.Of($"<polyline points='{Text(shape)}' class='drive' marker-end='url(#tip)'/>"),
        (_, 'g') => Markup.Of($"<polyline points='{Text(shape)}' class='drive yields' marker-end='url(#tip)'/>"),
        _ => Nothing,
    };

    /// <summary>The way over the junction, with what lies behind a place to wait; of a crossing, the crossing.</summary>
    private ImmutableArray<Point> Shape(Connection way)
    {
        if (way.IsCrossing) return network.Lanes[way.ToLane].Shape;
        var shape = new List<Point> { network.Lanes[way.FromLane].Shape[^1] };
        for (var lane = way.ViaLane; lane >= 0; lane = network.Connections.FirstOrDefault(next => next.FromLane == lane)?.ViaLane ?? -1) shape.AddRange(network.Lanes[lane].Shape);
        shape.Add(network.Lanes[way.ToLane].Shape[0]);
        return [.. shape];
    }

    /// <summary>The end of a lane that is nearer to the junction, so long as is drawn.</summary>
    private IEnumerable<Point> Near(int lane)
    {
        var shape = network.Lanes[lane].Shape;
        var isIn = ways.Any(way => way.Way.FromLane == lane);
        var (at, next) = isIn ? (shape[^1], shape[^2]) : (shape[0], shape[1]);
        var share = Math.Min(1, ArmMetres / Math.Max(0.1, at.DistanceTo(next)));
        return [at, new(at.X + (next.X - at.X) * share, at.Y + (next.Y - at.Y) * share)];
    }

    private string Text(IEnumerable<Point> shape) =>
        string.Join(' ', shape.Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(p.X - left) * scale:0.0},{(top - p.Y) * scale:0.0}")));
}
