namespace TrafficAI.Simulation.Demand;

/// <summary>How a driver behaves at junctions: SUMO's <c>jm…</c> parameters.</summary>
/// <param name="DriveAfterYellowSeconds">Passes an amber that is younger, even if it could stop; −1 (the default) never.</param>
/// <param name="DriveAfterRedSeconds">Passes a red that is younger; −1 (the default) never.</param>
/// <param name="DriveRedSpeedMetresPerSecond">Speed at most while passing a red; infinite by default.</param>
/// <param name="IgnoreKeepClearSeconds">Enters a junction that it cannot leave after waiting so long; −1 (the default) never.</param>
/// <param name="IgnoreFoeSpeedMetresPerSecond">Ignores foes that are slower than this, with <paramref name="IgnoreFoeProbability"/>.</param>
/// <param name="IgnoreFoeProbability">0 (the default) to 1.</param>
/// <param name="IgnoreJunctionFoeProbability">Ignores foes already inside the junction; 0 (the default) to 1.</param>
/// <param name="SigmaMinor">Imperfection while passing a minor link; the type's sigma by default.</param>
/// <param name="StopLineGapMetres">Where to stop ahead of a stop line; 1 by default.</param>
/// <param name="TimeGapMinorSeconds">Smallest time before and after a foe when passing a minor link; 1 by default.</param>
/// <param name="CrossingGapMetres">Ignores pedestrians on a crossing who are farther from the vehicle's way; 10 by default.</param>
public sealed record JunctionManners(
    double DriveAfterYellowSeconds,
    double DriveAfterRedSeconds,
    double DriveRedSpeedMetresPerSecond,
    double IgnoreKeepClearSeconds,
    double IgnoreFoeSpeedMetresPerSecond,
    double IgnoreFoeProbability,
    double IgnoreJunctionFoeProbability,
    double SigmaMinor,
    double StopLineGapMetres,
    double TimeGapMinorSeconds,
    double CrossingGapMetres)
{
    /// <summary>SUMO's defaults for a driver of that sigma.</summary>
    public static JunctionManners Default(double sigma) => new(-1, -1, double.PositiveInfinity, -1, 0, 0, 0, sigma, 1, 1, 10);
}
