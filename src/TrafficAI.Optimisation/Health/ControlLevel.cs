namespace TrafficAI.Optimisation.Health;

/// <summary>How an intersection is controlled: one rung of the fallback ladder. The numbers are stable.</summary>
public enum ControlLevel : byte
{
    /// <summary>The strategy, on what detectors see.</summary>
    Sensed = 0,

    /// <summary>The strategy, with expected traffic on the lanes whose detectors are lost.</summary>
    Profiles = 1,

    /// <summary>Vehicle actuation, with expected traffic on the lanes whose detectors are lost.</summary>
    Actuated = 2,

    /// <summary>The plan of fixed times: too little is seen for anything else.</summary>
    Plan = 3,

    /// <summary>Nothing is planned: the controller runs its local plan.</summary>
    Local = 4,
}
