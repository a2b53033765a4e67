using System.Collections.Immutable;

namespace TrafficAI.Measures;

/// <summary>The unit of a measure.</summary>
public enum Unit
{
    Vehicles,
    VehiclesPerHour,

    /// <summary>0 to 1; people read it as a percentage.</summary>
    Share,
    Ratio,
    SecondsPerVehicle,
    Seconds,
    Minutes,
    Metres,
    KilometresPerHour,
    Number,
}

/// <summary>What a measure is.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Digits">After the decimal sign, when people read it.</param>
/// <param name="Source">Where the definition comes from.</param>
public sealed record MeasureDefinition(string Id, Unit Unit, int Digits, string Source)
{
    private const string Atspm = "UDOT ATSPM 5";
    private const string Ours = "TrafficAI";

    /// <summary>All of them, in the order in which people read them.</summary>
    public static ImmutableArray<MeasureDefinition> All { get; } =
    [
        new(MeasureIds.Volume, Unit.Vehicles, 0, Atspm + ", approach volume"),
        new(MeasureIds.Flow, Unit.VehiclesPerHour, 0, Atspm + ", approach volume"),
        new(MeasureIds.ArrivalsOnGreen, Unit.Share, 1, Atspm + ", Purdue coordination diagram"),
        new(MeasureIds.ArrivalsOnRed, Unit.Share, 1, Atspm + ", arrivals on red"),
        new(MeasureIds.PlatoonRatio, Unit.Ratio, 2, "Highway Capacity Manual, 2016, chapter 19"),
        new(MeasureIds.ApproachDelay, Unit.SecondsPerVehicle, 1, Atspm + ", approach delay; with tracked vehicles the Highway Capacity Manual's control delay"),
        new(MeasureIds.StandingDelay, Unit.SecondsPerVehicle, 1, "Highway Capacity Manual, stopped delay"),
        new(MeasureIds.GreenUtilisation, Unit.Share, 1, Atspm + ", green time utilisation"),
        new(MeasureIds.SplitFailures, Unit.Number, 0, Atspm + ", CycleSplitFail; Oregon DOT's 5 s"),
        new(MeasureIds.SplitFailureRate, Unit.Share, 1, Atspm + ", CycleSplitFail; Oregon DOT's 5 s"),
        new(MeasureIds.Splits, Unit.Number, 0, Atspm + ", split monitor"),
        new(MeasureIds.SplitMean, Unit.Seconds, 1, Atspm + ", split monitor"),
        new(MeasureIds.SplitLongest, Unit.Seconds, 0, Atspm + ", split monitor"),
        new(MeasureIds.GreenMean, Unit.Seconds, 1, Atspm + ", split monitor"),
        new(MeasureIds.GapOuts, Unit.Share, 1, Atspm + ", phase termination"),
        new(MeasureIds.MaxOuts, Unit.Share, 1, Atspm + ", phase termination"),
        new(MeasureIds.ForceOffs, Unit.Share, 1, Atspm + ", phase termination"),
        new(MeasureIds.ByOptimiser, Unit.Share, 1, Ours),
        new(MeasureIds.QueueMean, Unit.Vehicles, 2, Ours),
        new(MeasureIds.QueueLongest, Unit.Vehicles, 0, Ours),
        new(MeasureIds.QueueBack, Unit.Metres, 0, Ours),
        new(MeasureIds.Spillback, Unit.Minutes, 1, Ours),
        new(MeasureIds.BlockedJunction, Unit.Minutes, 1, Ours),
        new(MeasureIds.StuckPhase, Unit.Minutes, 1, Ours),
        new(MeasureIds.WaitMean, Unit.Seconds, 1, Atspm + ", wait time"),
        new(MeasureIds.WaitLongest, Unit.Seconds, 0, Atspm + ", wait time"),
        new(MeasureIds.Turns, Unit.Vehicles, 0, Atspm + ", turning movement counts"),
        new(MeasureIds.TurnsKnown, Unit.Share, 1, Ours),
        new(MeasureIds.PedestrianDelay, Unit.Seconds, 1, Atspm + ", pedestrian delay"),
        new(MeasureIds.PedestrianWait, Unit.Seconds, 1, "Highway Capacity Manual, 2016, chapter 19: (cycle − walk)² / (2 × cycle)"),
        new(MeasureIds.Buses, Unit.Vehicles, 0, Ours),
        new(MeasureIds.BusDelay, Unit.SecondsPerVehicle, 1, Ours),
        new(MeasureIds.PriorityRequests, Unit.Number, 0, Atspm + ", transit signal priority"),
        new(MeasureIds.PriorityServed, Unit.Share, 1, Atspm + ", transit signal priority"),
        new(MeasureIds.PriorityTimeSaved, Unit.SecondsPerVehicle, 1, Ours),
        new(MeasureIds.Preemptions, Unit.Number, 0, Atspm + ", pre-emption"),
        new(MeasureIds.EmergencyDelay, Unit.SecondsPerVehicle, 1, Ours),
        new(MeasureIds.Speed, Unit.KilometresPerHour, 1, Atspm + ", approach speed"),
        new(MeasureIds.Speed50, Unit.KilometresPerHour, 1, Atspm + ", approach speed, 50th percentile"),
        new(MeasureIds.Speed85, Unit.KilometresPerHour, 1, Atspm + ", approach speed, 85th percentile"),
        new(MeasureIds.DetectorFaults, Unit.Minutes, 1, Ours),
        new(MeasureIds.BlockedLanes, Unit.Minutes, 1, Ours),
        new(MeasureIds.Outages, Unit.Number, 0, Ours),
        new(MeasureIds.OutageTime, Unit.Minutes, 1, Ours),
        new(MeasureIds.OutageLongest, Unit.Minutes, 1, Ours),
        new(MeasureIds.Connected, Unit.Share, 1, Ours),
        new(MeasureIds.OnPlan, Unit.Share, 1, Ours),
        new(MeasureIds.Local, Unit.Minutes, 1, Ours),
        new(MeasureIds.Flashing, Unit.Minutes, 1, Ours),
        new(MeasureIds.Decisions, Unit.Number, 0, Ours),
        new(MeasureIds.LevelTime, Unit.Minutes, 1, Ours),
        new(MeasureIds.Overrides, Unit.Number, 0, Ours),
        new(MeasureIds.OverrideTime, Unit.Minutes, 1, Ours),
        new(MeasureIds.Held, Unit.Minutes, 1, Ours),
        new(MeasureIds.Promises, Unit.Number, 0, Ours),
        new(MeasureIds.BrokenPromises, Unit.Number, 0, Ours),
        new(MeasureIds.Violations, Unit.Number, 0, Ours),
        new(MeasureIds.InputsRefused, Unit.Number, 0, Ours),
        new(MeasureIds.ToldLater, Unit.Number, 0, Ours),
        new(MeasureIds.TravelTime, Unit.Seconds, 1, Ours),
        new(MeasureIds.TravelTimeFree, Unit.Seconds, 1, Ours),
    ];

    /// <summary>The definition of that name; null for none.</summary>
    public static MeasureDefinition? Of(string id) => All.FirstOrDefault(definition => definition.Id == id);
}
