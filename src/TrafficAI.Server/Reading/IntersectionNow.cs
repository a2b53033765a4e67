using System.Collections.Immutable;

namespace TrafficAI.Server.Reading;

/// <summary>One intersection at one street second, as the live stream and the history tell it. Seconds are street seconds.</summary>
/// <param name="Second">Of the lamps.</param>
/// <param name="Lamps">A letter per group: R red, u red-amber, G green, f flashing green, A amber, o flashing amber, - dark.</param>
/// <param name="Phase">That runs, or is being left.</param>
/// <param name="Next">During a passage the phase that it leads to; else null.</param>
/// <param name="Since">First second of the phase, or of the passage.</param>
/// <param name="Wanted">The phase that the last recorded decision wants; null before the first.</param>
/// <param name="PlannedAt">When the passage to it can begin at the earliest, where it is not the one that runs; else null.</param>
/// <param name="Queue">Standing vehicles, estimated.</param>
/// <param name="Queues">The same per stop lane.</param>
/// <param name="Level">Who decides: the strategy, or the rung of the fallback ladder: profiles, actuated, plan, local.</param>
/// <param name="Mode">Who runs the lamps: plan, local, fault, off.</param>
/// <param name="Delay">Standing time per vehicle that passed a stop line in the last five minutes, in seconds; null where none did.</param>
/// <param name="Connected">Frames come.</param>
/// <param name="Alarm">A violation that no person has released yet; else null.</param>
/// <param name="Held">Why nothing is planned; else null.</param>
/// <param name="Override">What a person has ordered; else null.</param>
public sealed record IntersectionNow(
    long Second,
    string Lamps,
    string Phase,
    string? Next,
    long Since,
    string? Wanted,
    long? PlannedAt,
    double Queue,
    ImmutableArray<double> Queues,
    string Level,
    string Mode,
    double? Delay,
    bool Connected,
    string? Alarm,
    string? Held,
    OverrideNow? Override);

/// <summary>What a person has ordered at an intersection.</summary>
/// <param name="Act">hold, plan or flash.</param>
/// <param name="Until">Street second at which it ends.</param>
/// <param name="By">Who.</param>
public sealed record OverrideNow(string Act, string? Phase, string Reason, long? Until, string By);
