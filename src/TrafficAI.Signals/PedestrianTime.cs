namespace TrafficAI.Signals;

/// <summary>How long pedestrians need.</summary>
/// <remarks>Walking speed 1.3 m/s and a reserve of 5 s: the practice of the CIS, full width, nothing deducted.</remarks>
internal static class PedestrianTime
{
    private const double MetresPerSecond = 1.3;
    private const int ReserveSeconds = 5;

    /// <summary>Whole seconds from one kerb to the other.</summary>
    public static int ClearanceSeconds(double crossingMetres) => (int)Math.Ceiling(crossingMetres / MetresPerSecond);

    /// <summary>Whole seconds of green that a crossing needs: the reserve, and from kerb to kerb.</summary>
    public static int GreenSeconds(double crossingMetres) => (int)Math.Ceiling(ReserveSeconds + crossingMetres / MetresPerSecond);
}
