using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Everything that a controller holds about its intersection; immutable, and the same for the optimiser.</summary>
/// <param name="LinkCount">Number of signal links (letters).</param>
/// <param name="Conflicts">Row by row, groups × groups; symmetric, nothing on the diagonal.</param>
/// <param name="IntergreenSeconds">Row by row, groups × groups: from the end of green (flashing green included) of the row to the
/// start of green of the column; 0 where their ways do not meet.</param>
/// <param name="Interphases">Row by row, phases × phases: from the row to the column.</param>
/// <param name="LocalPlan">The plan of the file (or the class's form of it).</param>
/// <param name="DecisionIntervalSeconds">A phase may be left only at multiples of this street second; 1 for every second.</param>
/// <param name="MaximumRedSeconds">Longest red of a group, or null for no limit.</param>
public sealed record IntersectionSignals(
    IntersectionId Id,
    ControlClass Class,
    int LinkCount,
    ImmutableArray<SignalGroup> Groups,
    ImmutableArray<Phase> Phases,
    ImmutableArray<Conflict> Conflicts,
    ImmutableArray<int> IntergreenSeconds,
    ImmutableArray<Interphase> Interphases,
    FixedPlan LocalPlan,
    int DecisionIntervalSeconds,
    int? MaximumRedSeconds)
{
    /// <summary>By so many seconds at most the all red of an interphase is lengthened while a plan asks for it; 0 for never. 0 to <see cref="MostAllRedExtension"/>.</summary>
    public int AllRedExtensionSeconds { get; init; }

    /// <summary>No all red is lengthened by more seconds.</summary>
    public const int MostAllRedExtension = 10;

    /// <summary>When amber flashes by the time of day; null for never.</summary>
    public NightFlash? Night { get; init; }

    public Conflict ConflictBetween(int groupA, int groupB) => Conflicts[groupA * Groups.Length + groupB];

    public int Intergreen(int ending, int starting) => IntergreenSeconds[ending * Groups.Length + starting];

    public Interphase Interphase(PhaseId from, PhaseId to) => Interphases[from.Index * Phases.Length + to.Index];

    /// <summary>Length of the interphase; 0 from a phase to itself.</summary>
    public int PassageSeconds(PhaseId from, PhaseId to) => from == to ? 0 : Interphase(from, to).Length;

    public Phase Phase(PhaseId id) => Phases[id.Index];

    /// <summary>What each group shows in a phase.</summary>
    public ImmutableArray<Lamp> LampsOf(Phase phase) => [.. Groups.Select(group => Letter.LampInPhase(phase.Letters[group.Links[0]]))];
}
