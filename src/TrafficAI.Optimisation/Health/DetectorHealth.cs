namespace TrafficAI.Optimisation.Health;

/// <summary>What a detector is believed to be. The numbers are stable.</summary>
public enum DetectorCondition : byte
{
    /// <summary>What it says is believed.</summary>
    Good = 0,

    /// <summary>It says nothing although there must be traffic.</summary>
    Silent = 1,

    /// <summary>It is occupied all the time, or sees one vehicle that never moves, although there must be traffic.</summary>
    Stuck = 2,

    /// <summary>It counts many pulses in a short time.</summary>
    Chattering = 3,

    /// <summary>It counts more vehicles than a lane can carry.</summary>
    Impossible = 4,
}

/// <summary>What is believed of one detector.</summary>
/// <param name="Reason">Why, in a few plain words; empty for one that has never been doubted.</param>
public readonly record struct DetectorHealth(DetectorCondition Condition, string Reason)
{
    public static readonly DetectorHealth Undoubted = new(DetectorCondition.Good, "");

    public bool IsGood => Condition == DetectorCondition.Good;
}
