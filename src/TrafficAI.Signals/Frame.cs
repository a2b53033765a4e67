using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>How the street is seen.</summary>
public enum Sensing : byte
{
    /// <summary>Every vehicle within 200 m of the stop line, as video or radar gives; exit loops too.</summary>
    Full = 0,

    /// <summary>Stop-line, advance and exit loops only.</summary>
    Loops = 1,
}

/// <summary>Who runs the lamps. The numbers are stable: they are recorded.</summary>
public enum ControlMode : byte
{
    /// <summary>The controller's own plan: no valid plan of the optimiser.</summary>
    Local = 0,

    /// <summary>The optimiser's plan.</summary>
    Plan = 1,

    /// <summary>Flashing amber after a fault; a person must release it.</summary>
    Fault = 2,

    /// <summary>A person wants flashing amber: on the way there, or there.</summary>
    Off = 3,
}

/// <summary>A vehicle that the sensor follows. Whole numbers, so that what is recorded is what was seen.</summary>
/// <param name="Lane">Index of the observed lane.</param>
/// <param name="DistanceDecimetres">From its front to the stop line along the road, 0 to 2000.</param>
/// <param name="SpeedDecimetresPerSecond">0 or more.</param>
/// <param name="Class">What it looks like.</param>
/// <param name="Track">The sensor's own number for it, local to this intersection; says nothing elsewhere.</param>
public readonly record struct TrackedObject(ushort Lane, ushort DistanceDecimetres, ushort SpeedDecimetresPerSecond, ObjectClass Class, uint Track);

/// <summary>What a sensor can tell of a vehicle. The numbers are stable: they are recorded.</summary>
public enum ObjectClass : byte
{
    Car = 0,
    Truck = 1,
    Bus = 2,
    TwoWheeler = 3,
    Emergency = 4,
    Other = 5,
}

/// <summary>One second of a loop.</summary>
/// <param name="Count">Vehicles that entered it in the last second.</param>
/// <param name="OccupancyPermille">Share of that second that it was occupied, 0 to 1000.</param>
public readonly record struct LoopReading(byte Count, ushort OccupancyPermille);

/// <summary>What the detectors of one intersection say at the end of a street second.</summary>
/// <param name="Objects">Tracked vehicles, ordered by lane, then distance, then track; empty with <see cref="Sensing.Loops"/>.</param>
/// <param name="Loops">One reading per detector of the intersection (all of them with <see cref="Sensing.Loops"/>). With
/// <see cref="Sensing.Full"/> only exit loops carry values, the others read 0 and must not be used.</param>
public sealed record DetectorReadings(Sensing Sensing, ImmutableArray<TrackedObject> Objects, ImmutableArray<LoopReading> Loops)
{
    public static DetectorReadings Nothing(Sensing sensing, int detectors) =>
        new(sensing, [], ImmutableArray.Create(new LoopReading[detectors]));
}

/// <summary>What a controller publishes each street second. It is the tick: a decision is made when it has been recorded.</summary>
/// <param name="Second">The street second that begins now; the readings are of the second that has just ended.</param>
/// <param name="Signals">The lamps as shown in the second that has just ended (its <see cref="SignalState.Second"/> is
/// <paramref name="Second"/> − 1).</param>
/// <param name="Violation">What the controller's own monitor objected to, in every frame from then until the release; else null.</param>
public sealed record Frame(
    IntersectionId Intersection, long Second, ControlMode Mode, SignalState Signals, DetectorReadings Readings, Violation? Violation = null);
