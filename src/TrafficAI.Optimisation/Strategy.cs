using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What a strategy decides on.</summary>
/// <param name="Picture">The traffic; valid until the next second.</param>
/// <param name="Signals">The signals as they will be shown in the second before the proposal acts; valid until the next second.</param>
public readonly record struct Situation(TrafficPicture Picture, SignalState Signals)
{
    /// <summary>The street second at which the proposal acts.</summary>
    public long ActsAt => Signals.Second + 1;

    /// <summary>Vehicles that have asked for priority and count for more than a car; valid until the next second.</summary>
    public List<AskedVehicle> Asked { get; init; } = Nobody;

    /// <summary>Per stop lane: its queue is to wait outside (see <see cref="Metering.EdgeMeter"/>); null where nothing is metered. Valid until the next second.</summary>
    public bool[]? Held { get; init; }

    /// <summary>Whether the queue of a stop lane is to wait outside.</summary>
    public bool Holds(int lane) => Held is not null && Held[lane];

    private static readonly List<AskedVehicle> Nobody = [];
}

/// <summary>Wants a phase each second. One instance per intersection; whatever it remembers follows from what it was given, so the
/// same inputs give the same proposals. It cannot break a safety rule: it only wishes.</summary>
public interface IStrategy
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <returns>Its proposal, valid until it is asked again.</returns>
    Proposal Propose(in Situation situation);
}
