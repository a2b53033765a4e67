using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What a strategy measures phases by.</summary>
public enum Yardstick : byte
{
    /// <summary>Expected waiting in vehicle-seconds; less is better.</summary>
    Waiting,

    /// <summary>Vehicles served per second; more is better.</summary>
    Service,

    /// <summary>Pressure: vehicles, weighed by how fast they can leave; more is better.</summary>
    Pressure,
}

/// <summary>Expected waiting by kind, in vehicle-seconds, later seconds counting less. The parts add up to <see cref="Sum"/>.</summary>
/// <param name="Vehicles">At the stop lines. One who has waited for long counts more.</param>
/// <param name="Pedestrians">At crossings, and others whom no detector sees: an expectation.</param>
/// <param name="SpeedingUp">Lost by those who had to stop, until they have their speed again.</param>
/// <param name="Left">Still to come, of those whom the look ahead leaves waiting for long.</param>
public readonly record struct CostParts(double Vehicles, double Pedestrians, double SpeedingUp, double Left)
{
    public double Sum => Vehicles + Pedestrians + SpeedingUp + Left;

    public static CostParts operator +(CostParts a, CostParts b) =>
        new(a.Vehicles + b.Vehicles, a.Pedestrians + b.Pedestrians, a.SpeedingUp + b.SpeedingUp, a.Left + b.Left);

    public static CostParts operator /(CostParts a, double by) => new(a.Vehicles / by, a.Pedestrians / by, a.SpeedingUp / by, a.Left / by);
}

/// <summary>What one phase came to.</summary>
/// <param name="Value">By the yardstick.</param>
/// <param name="Parts">Where the yardstick is waiting: what the value is made of.</param>
public readonly record struct PhaseAccount(PhaseId Phase, double Value, CostParts? Parts);

/// <summary>How a strategy weighed the phases, in full.</summary>
/// <param name="Usual">The phase that was taken unless another was better by more than the margin; null where there is none.</param>
/// <param name="Margin">By the yardstick; 0 or more.</param>
/// <param name="Phases">Those that were weighed, in phase order.</param>
/// <param name="Called">Index of the stop lane whose turn has come after a long wait; −1 for none.</param>
public sealed record Account(Yardstick Yardstick, PhaseId? Usual, double Margin, ImmutableArray<PhaseAccount> Phases, int Called = -1);

/// <summary>A strategy that can account for what it has just proposed. The account costs more time than the proposal, and changes nothing
/// that the strategy remembers.</summary>
public interface IAccounts
{
    /// <summary>How the phases were weighed.</summary>
    /// <param name="situation">That of the last proposal.</param>
    /// <param name="motive">Of that proposal.</param>
    /// <returns>Null where nothing was weighed.</returns>
    Account? Account(in Situation situation, Motive motive);
}
