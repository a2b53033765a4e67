using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>How far a connection leads through its junction.</summary>
internal static class WayLength
{
    /// <summary>For a crossing its length; else the way inside the junction, or where the network has none, the straight line from the
    /// end of the lane that it leaves to the beginning of the lane that it enters.</summary>
    public static double Metres(RoadNetwork network, Connection connection)
    {
        if (connection.LengthInsideMetres > 0) return connection.LengthInsideMetres;
        var to = network.Lanes[connection.ToLane];
        return connection.IsCrossing ? to.LengthMetres : network.Lanes[connection.FromLane].Shape[^1].DistanceTo(to.Shape[0]);
    }
}
