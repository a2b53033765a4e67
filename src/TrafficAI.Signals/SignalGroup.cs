using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Whom a signal group serves.</summary>
public enum GroupKind
{
    Vehicle,
    Pedestrian,
}

/// <summary>Lamps that always agree.</summary>
/// <param name="Index">Position in <see cref="IntersectionSignals.Groups"/>.</param>
/// <param name="Links">Signal links (letters of the programme) that it drives, rising.</param>
/// <param name="MinimumGreenSeconds">Shortest green, flashing green included; at least 1.</param>
/// <param name="AmberSeconds">Length of amber; 0 for pedestrians.</param>
/// <param name="FlashingGreenSeconds">The last seconds of every green flash; 0 for none.</param>
/// <param name="IsOffAtTimes">Its own programme shows it flashing amber or dark now and then.</param>
/// <param name="RedAfterSeconds">Seconds from the end of green to red, at the least; null for the length of amber. Less where its programme
/// goes to red over flashing amber or dark.</param>
/// <param name="CountdownSeconds">Its board counts the last seconds of a green down, so many at most, and the last of a red; 0 without a board.</param>
public sealed record SignalGroup(
    int Index,
    GroupKind Kind,
    ImmutableArray<int> Links,
    int MinimumGreenSeconds,
    int AmberSeconds,
    int FlashingGreenSeconds = 0,
    bool IsOffAtTimes = false,
    int? RedAfterSeconds = null,
    int CountdownSeconds = 0)
{
    /// <summary>The last seconds of every green that nothing takes back: they flash, or a board counts them.</summary>
    public int CommittedGreenSeconds => Math.Max(FlashingGreenSeconds, CountdownSeconds);
}

/// <summary>What two signal groups may do together.</summary>
public enum Conflict : byte
{
    /// <summary>Their ways do not meet.</summary>
    None,

    /// <summary>Their ways meet, but the programme lets both go: one yields.</summary>
    Permissive,

    /// <summary>Never green together.</summary>
    Full,
}
