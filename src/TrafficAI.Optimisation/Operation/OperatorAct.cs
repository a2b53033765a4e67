namespace TrafficAI.Optimisation.Operation;

/// <summary>What an operator wants instead of what is recommended. The numbers are stable.</summary>
public enum OperatorAct : byte
{
    /// <summary>One phase, as long as safety lets it be.</summary>
    Hold = 0,

    /// <summary>The plan of fixed times, computed where there is one.</summary>
    Plan = 1,

    /// <summary>Flashing amber.</summary>
    Flash = 2,

    /// <summary>What is recommended, from now on.</summary>
    Release = 3,
}
