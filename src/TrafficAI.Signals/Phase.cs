using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Signal groups that are green together.</summary>
/// <param name="Green">One flag per signal group.</param>
/// <param name="Letters">The SUMO letters of the phase, one per signal link: <c>G</c> with priority, <c>g</c> yielding, else <c>r</c>,
/// <c>s</c>, <c>o</c> or <c>O</c>; <c>y</c> only on a link that nobody controls.</param>
/// <param name="MinimumSeconds">The phase lasts at least so long, counted from the end of the interphase; at least 1.</param>
public sealed record Phase(PhaseId Id, ImmutableArray<bool> Green, string Letters, int MinimumSeconds);

/// <summary>One second of the street: what every group shows, and the SUMO letters of every link.</summary>
public sealed record LampImage(ImmutableArray<Lamp> Lamps, string Letters);

/// <summary>How to pass from one phase to another, second by second. Empty where no group has to end.</summary>
public sealed record Interphase(PhaseId From, PhaseId To, ImmutableArray<LampImage> Seconds)
{
    public int Length => Seconds.Length;
}
