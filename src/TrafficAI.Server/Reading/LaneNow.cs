using System.Collections.Immutable;

namespace TrafficAI.Server.Reading;

/// <summary>A stop lane at one street second.</summary>
/// <param name="Lane">Its name.</param>
/// <param name="Queue">Standing vehicles, estimated.</param>
/// <param name="InSight">Vehicles on their way to it, standing ones included.</param>
/// <param name="Blind">Its detectors are lost: the vehicles are those that are to be expected.</param>
/// <param name="ArrivalsPerHour">Mean arrivals, where loops tell; else null.</param>
/// <param name="Vehicles">The nearest to the stop line first.</param>
public sealed record LaneNow(
    string Lane, double Queue, int InSight, bool Blind, double? ArrivalsPerHour, ImmutableArray<VehicleNow> Vehicles);

/// <summary>A vehicle, seen or inferred.</summary>
/// <param name="DistanceMetres">From its front to the stop line.</param>
/// <param name="ArrivalSeconds">When it would pass the stop line if nothing were in its way.</param>
/// <param name="Class">What it looks like.</param>
public sealed record VehicleNow(double DistanceMetres, double ArrivalSeconds, bool Standing, string Class);

/// <summary>A detector at one street second.</summary>
/// <param name="Health">good, silent, stuck, chattering or impossible.</param>
/// <param name="Reason">Why, in a few plain words; empty for one that has never been doubted.</param>
public sealed record DetectorNow(string Id, string Health, string Reason);
