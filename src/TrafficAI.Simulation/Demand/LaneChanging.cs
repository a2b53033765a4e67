namespace TrafficAI.Simulation.Demand;

/// <summary>How eagerly a driver changes lane: the parameters of SUMO's model LC2013, 1 being ordinary where not said otherwise.</summary>
/// <param name="Strategic">Eagerness to be early on a lane that continues the route; negative never changes for that.</param>
/// <param name="Cooperative">Willingness to make room for others, 0 to 1.</param>
/// <param name="SpeedGain">Eagerness to overtake; 0 never does.</param>
/// <param name="KeepRight">Eagerness to go back to the right; 0 never does.</param>
/// <param name="OvertakeRight">Probability of overtaking on the right where that is forbidden, 0 (the default) to 1.</param>
/// <param name="LookaheadLeft">How many times farther a strategic change to the left is looked for than one to the right; 2 by default.</param>
/// <param name="SpeedGainRight">How much less is needed for a speed gain to the right; 0.1 by default.</param>
/// <param name="SpeedGainLookaheadSeconds">How far ahead slower traffic is looked for; 0 by default.</param>
/// <param name="Assertive">Divides the gaps that are required; 1 by default.</param>
public sealed record LaneChanging(
    double Strategic,
    double Cooperative,
    double SpeedGain,
    double KeepRight,
    double OvertakeRight,
    double LookaheadLeft,
    double SpeedGainRight,
    double SpeedGainLookaheadSeconds,
    double Assertive)
{
    /// <summary>SUMO's defaults.</summary>
    public static LaneChanging Default { get; } = new(1, 1, 1, 1, 0, 2, 0.1, 0, 1);
}
