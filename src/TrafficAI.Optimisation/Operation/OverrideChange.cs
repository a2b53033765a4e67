namespace TrafficAI.Optimisation.Operation;

/// <summary>An override has begun, or ended.</summary>
/// <param name="Order">The order that counts from now on, or that no longer does.</param>
/// <param name="End">How it ended; null for a beginning.</param>
/// <param name="EndedBy">The order that ended it; null for a beginning, and when its time was over.</param>
public readonly record struct OverrideChange(OperatorOrder Order, OverrideEnd? End, OperatorOrder? EndedBy);

/// <summary>How an override ended.</summary>
public enum OverrideEnd : byte
{
    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>An operator took it back.</summary>
    Withdrawn,

    /// <summary>Another order took its place.</summary>
    Replaced,
}
