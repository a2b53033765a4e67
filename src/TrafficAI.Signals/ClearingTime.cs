using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>How long the last vehicle of a green needs to clear the junction.</summary>
internal static class ClearingTime
{
    private const double StraightKilometresPerHour = 50;
    private const double TurningKilometresPerHour = 25;
    private const double BrakingMetresPerSecondSquared = 3;
    private const double VehicleMetres = 5;

    /// <summary>Whole seconds from the end of green, amber included, rounded up.</summary>
    /// <param name="direction">Who goes straight is faster than who turns.</param>
    /// <param name="metres">From the stop line to the end of the way through the junction; 0 or more.</param>
    /// <param name="speedLimitMetresPerSecond">Of the lane before the stop line; more than 0.</param>
    /// <remarks>t = v / (7.2 a) + 3.6 (l + 5) / v with v in km/h and a = 3 m/s²: the intergreen formula of Kremenets, Pecherskiy and
    /// Afanasyev's textbook, in use in the CIS. The whole way stands for the distance to the far point of conflict, which it never
    /// falls short of.</remarks>
    public static int Seconds(TurnDirection direction, double metres, double speedLimitMetresPerSecond)
    {
        var usual = direction == TurnDirection.Straight ? StraightKilometresPerHour : TurningKilometresPerHour;
        var speed = Math.Min(usual, speedLimitMetresPerSecond * 3.6);
        return (int)Math.Ceiling(speed / (7.2 * BrakingMetresPerSecondSquared) + 3.6 * (metres + VehicleMetres) / speed);
    }
}
