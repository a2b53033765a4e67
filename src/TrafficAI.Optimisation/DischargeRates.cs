namespace TrafficAI.Optimisation;

/// <summary>How fast a queue leaves a stop line: the few constants that all strategies share.</summary>
/// <remarks>Prior values for an ordinary urban lane (about 2 000 veh/h), as in the Highway Capacity Manual's default range; none of
/// them belongs to a place.</remarks>
public static class DischargeRates
{
    /// <summary>Time between two vehicles that leave a standing queue under protected green.</summary>
    public const double HeadwaySeconds = 1.8;

    /// <summary>The same for a movement that yields, once it has found its gap.</summary>
    public const double YieldingHeadwaySeconds = HeadwaySeconds / YieldingFactor;

    /// <summary>Saturation flow of a yielding movement against a protected one, 0 to 1.</summary>
    public const double YieldingFactor = 0.6;

    /// <summary>Lost before a standing head crosses the line.</summary>
    public const double StartUpSeconds = 1.5;

    /// <summary>Time for the start of a queue to travel back by one vehicle.</summary>
    public const double StartWaveSeconds = 1.2;

    /// <summary>Room that a standing vehicle takes, its gap included.</summary>
    public const double JamSpacingMetres = 7.5;

    /// <summary>How fast a vehicle gains speed, in metres per second squared.</summary>
    public const double SpeedingUp = 2;

    /// <summary>Part of the limit at which free vehicles drive.</summary>
    public const double FreeSpeedFactor = 0.9;
}
