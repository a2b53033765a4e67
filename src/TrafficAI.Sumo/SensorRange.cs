using TrafficAI.Network;

namespace TrafficAI.Sumo;

/// <summary>How far around a junction to ask for vehicles, so that none within the sensor's range is missed.</summary>
internal static class SensorRange
{
    private const double MarginMetres = 1;

    /// <summary>The sensor's range plus the way from the junction's position to its farthest stop line; longer where the file gives lanes
    /// a length that is shorter than their drawing.</summary>
    public static double RadiusMetres(RoadNetwork network, Intersection intersection, int junction)
    {
        var farthest = 0.0;
        foreach (var stop in intersection.StopLanes)
        {
            if (stop.Connections.Any(c => network.Connections[c].Junction == junction))
                farthest = Math.Max(farthest, network.Lanes[stop.Lane].Shape[^1].DistanceTo(network.Junctions[junction].Position));
        }
        var stretch = intersection.ObservedLanes.Select(o => Stretch(network.Lanes[o.Lane])).DefaultIfEmpty(1).Max();
        return VehicleSensor.RangeMetres * stretch + farthest + MarginMetres;
    }

    private static double Stretch(Lane lane)
    {
        var drawn = 0.0;
        for (var i = 1; i < lane.Shape.Length; i++)
            drawn += lane.Shape[i - 1].DistanceTo(lane.Shape[i]);
        return Math.Clamp(drawn / lane.LengthMetres, 1, 3);
    }
}
