using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Optimisation.Tests.Metering;

/// <summary>A crossing at the edge of a region: lane 0 comes from outside, lane 1 from neighbour 7, and lane 0 leads to neighbours 7 and 9.</summary>
internal static class MeteredStreet
{
    public const int GateLane = 0;
    public const int InnerLane = 1;
    public const int Neighbour = 7;

    public static IntersectionModel Model { get; } = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG") with
    {
        Inlets = [new(Neighbour, 0, 0, [new(InnerLane, true, 300, 20)]), new(9, 0, 0, [new(InnerLane, true, 300, 20)])],
        Outlets = [new(0, Neighbour, 0, [new(0, true, 300, 20)])],
    };

    /// <summary>Vehicles that stand on the gate and on the inner lane, and one that is just coming into sight of the gate.</summary>
    public static TrafficPicture Picture(long second, int atGate, int inside) =>
        Scenes.Picture(Model, [.. Scenes.Queue(atGate), Scenes.Moving(16)], Scenes.Queue(inside, 200)) with { Second = second };

    public static Forecast Told(long second, int? load, int from = Neighbour) => new(from, second, ImmutableArray.Create(new LinkForecast(0)), load);
}
