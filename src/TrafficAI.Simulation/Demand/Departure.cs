namespace TrafficAI.Simulation.Demand;

/// <summary>How the lane of a departure is chosen.</summary>
public enum DepartLaneKind
{
    /// <summary>The outermost lane that the class may use.</summary>
    First,

    /// <summary>The lane of that number.</summary>
    Index,
    Random,

    /// <summary>The least occupied lane.</summary>
    Free,

    /// <summary>The least occupied lane of those that continue the route.</summary>
    Allowed,

    /// <summary>The least occupied lane of those on which the route can be followed farthest.</summary>
    Best,
}

/// <summary>How the place of a departure is chosen.</summary>
public enum DepartPositionKind
{
    /// <summary>As far back as the vehicle fits: its front at its own length (plus SUMO's 0.1 m).</summary>
    Base,

    /// <summary>At so many metres from the begin of the edge; from its end if negative.</summary>
    Metres,
    Random,

    /// <summary>Anywhere where it fits.</summary>
    Free,

    /// <summary>Tries at random, then anywhere.</summary>
    RandomFree,

    /// <summary>Behind the last vehicle.</summary>
    Last,

    /// <summary>At its first stop.</summary>
    Stop,
}

/// <summary>How the speed of a departure is chosen.</summary>
public enum DepartSpeedKind
{
    MetresPerSecond,
    Random,

    /// <summary>The fastest that is safe.</summary>
    Max,

    /// <summary>What the driver wishes, only if that is safe.</summary>
    Desired,

    /// <summary>The lane's limit, only if that is safe.</summary>
    SpeedLimit,

    /// <summary>The speed of the last vehicle on the lane, only if that is safe.</summary>
    Last,

    /// <summary>The mean speed on the lane, only if that is safe.</summary>
    Average,
}

/// <param name="Index">With <see cref="DepartLaneKind.Index"/>: 0 for the outermost lane; else 0.</param>
public readonly record struct DepartLane(DepartLaneKind Kind, int Index = 0);

/// <param name="Metres">With <see cref="DepartPositionKind.Metres"/>; else 0.</param>
public readonly record struct DepartPosition(DepartPositionKind Kind, double Metres = 0);

/// <param name="MetresPerSecond">With <see cref="DepartSpeedKind.MetresPerSecond"/>: 0 or more; else 0.</param>
public readonly record struct DepartSpeed(DepartSpeedKind Kind, double MetresPerSecond = 0);
