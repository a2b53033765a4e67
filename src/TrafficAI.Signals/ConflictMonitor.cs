using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What a monitor watches for.</summary>
public enum SafetyRule : byte
{
    ConflictingGreen,
    ShortMinimumGreen,
    ShortIntergreen,
    ShortAmber,
    ForbiddenSequence,
}

/// <summary>A violation, with the groups, the second and the rule.</summary>
public sealed record Violation(long Second, SafetyRule Rule, int GroupA, int GroupB, string Text);

/// <summary>Watches only the lamps shown, knows nothing of phases, plans or wishes, and shares no code with the decider.</summary>
public sealed class ConflictMonitor
{
    public ConflictMonitor(IntersectionSignals signals) => throw new NotSupportedException();

    /// <summary>Looks at the lamps of one second; the first violation found, or null.</summary>
    public Violation? Observe(long second, ImmutableArray<Lamp> lamps) => throw new NotSupportedException();
}
