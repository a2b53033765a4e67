namespace TrafficAI.Signals;

/// <summary>Why safety did not grant a wish. The numbers are stable: they are recorded.</summary>
public enum Guard : byte
{
    /// <summary>Nothing bound: the wish was granted.</summary>
    None = 0,

    /// <summary>An interphase is running and is never broken off.</summary>
    Interphase = 1,

    /// <summary>A phase or a group that would end has not had its minimum.</summary>
    MinimumGreen = 2,

    /// <summary>The class allows a change only at certain seconds.</summary>
    DecisionInterval = 3,

    /// <summary>A group had to be served before its longest red: safety chose the phase.</summary>
    MaximumRed = 4,

    /// <summary>The wish names no phase of this intersection.</summary>
    UnknownPhase = 5,

    /// <summary>A group that ended in an earlier passage has not cleared for one that would start.</summary>
    Intergreen = 6,

    /// <summary>Somebody is held inside the junction: the all red of the running interphase lasts longer.</summary>
    AllRed = 7,
}
