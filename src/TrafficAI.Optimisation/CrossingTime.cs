using TrafficAI.Network;

namespace TrafficAI.Optimisation;

/// <summary>How long a vehicle takes from its stop line to the loop on its exit.</summary>
public static class CrossingTime
{
    /// <summary>From the beginning of an exit to its loop.</summary>
    private const double LoopMetres = 8;

    private const double FastestMetresPerSecond = 15;
    private const double StraightMetresPerSecond = 9;
    private const double TurningMetresPerSecond = 6;

    /// <summary>In seconds, at least.</summary>
    public static double Least(Movement movement) => Metres(movement) / FastestMetresPerSecond;

    /// <summary>In seconds, as a rule.</summary>
    public static double Usual(Movement movement) =>
        Metres(movement) / (movement.Direction == TurnDirection.Straight ? StraightMetresPerSecond : TurningMetresPerSecond);

    private static double Metres(Movement movement) => movement.LengthInsideMetres + LoopMetres;
}
