namespace TrafficAI.Optimisation;

/// <summary>Parts of the adaptive control that can be left out, to measure what each is worth (an ablation).</summary>
[Flags]
public enum AdaptiveParts
{
    None = 0,

    /// <summary>Without it the index rule decides alone.</summary>
    Rollout = 1,

    /// <summary>Without it one who has waited for long counts like any other.</summary>
    Weights = 1 << 1,

    /// <summary>Without it nobody is taken to be held inside the junction.</summary>
    Box = 1 << 2,

    /// <summary>Without it no exit is taken to be full.</summary>
    Exits = 1 << 3,

    /// <summary>Without it what neighbours tell is not counted in.</summary>
    Forecasts = 1 << 4,

    /// <summary>Without it nothing is learned of the shares of a lane's movements.</summary>
    Turns = 1 << 5,

    /// <summary>Without it all queues leave at the standard headway.</summary>
    Headways = 1 << 6,

    /// <summary>Without it no lane is served for its wait alone; it works only with loops.</summary>
    Stabiliser = 1 << 7,

    /// <summary>Without it lanes that do not move under green are hoped for again and again.</summary>
    Stuck = 1 << 8,

    /// <summary>Without it no all red is lengthened for those who are stuck inside the junction.</summary>
    Clearance = 1 << 9,
}
