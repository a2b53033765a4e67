namespace TrafficAI.Measures;

/// <summary>What is counted of a stop lane. All counts are whole numbers, so that sums come out the same in any order.</summary>
internal enum LaneCount
{
    Crossed,
    CrossedOnGreen,
    OnGreen,
    OnYellow,
    OnRed,
    Delayed,
    DelayMilliseconds,
    StandingSeconds,
    GreenSeconds,
    SignalSeconds,
    Cycles,
    SplitFailures,
    Waits,
    WaitSeconds,
    WaitMost,
    Buses,
    BusMilliseconds,
    Emergencies,
    EmergencyMilliseconds,
    Speeds,
    SpeedDecimetresPerSecond,
    QueueMost,
    Length,
}

/// <summary>What is counted of an approach.</summary>
internal enum ApproachCount
{
    StandingSeconds,
    StandingMost,
    BackMostDecimetres,
    SpillbackSeconds,
    Length,
}

/// <summary>What is counted of a signal group.</summary>
internal enum GroupCount
{
    Splits,
    SplitSeconds,
    SplitMost,
    SplitGreenSeconds,
    GapOuts,
    MaxOuts,
    ForceOffs,
    ByOptimiser,
    Promises,
    BrokenPromises,
    WalkCycleSeconds,
    WaitSquares,
    PedestrianCalls,
    PedestrianWaitSeconds,
    Length,
}

/// <summary>What is counted of a whole intersection.</summary>
internal enum Count
{
    Seconds,
    TrackedSeconds,
    LoopSeconds,
    PlanSeconds,
    LocalSeconds,
    FaultSeconds,
    OffSeconds,
    BlockedSeconds,
    StuckSeconds,
    Refused,
    ToldLater,
    Violations,
    Preemptions,
    TurnsKnown,
    TurnsUnknown,
    Length,
}
