namespace TrafficAI.Network;

/// <summary>A place on the network's plane, in metres.</summary>
public readonly record struct Point(double X, double Y)
{
    public double DistanceTo(Point other) => Math.Sqrt((X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y));
}
