using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>From a frame of the contract to our words.</summary>
public static class FrameReader
{
    /// <param name="message">One that keeps the grammar.</param>
    /// <param name="second">The street second that <see cref="StreetCount"/> gives its sequence.</param>
    public static Frame Read(IntersectionId intersection, Wire.Frame message, long second) => new(
        intersection, second, (ControlMode)(message.Mode - 1), Signals(message, second - 1), Readings(message),
        message.Violation is { } violation ? Read(violation, second) : null);

    private static SignalState Signals(Wire.Frame message, long second) => new(
        second, new((int)message.Phase), message.NextPhase == 0 ? null : new((int)message.NextPhase), (int)message.Elapsed,
        [.. message.Lamps.Select(lamp => (Lamp)(lamp - 1))], [.. message.LampSeconds.Select(seconds => (int)seconds)], (long)message.LampSequence);

    private static DetectorReadings Readings(Wire.Frame message) => new(
        (Sensing)(message.Sensing - 1), [.. message.Objects.Select(Read)], [.. message.Detectors.Select(Read)]);

    private static TrackedObject Read(Wire.TrackedObject seen) => new(
        (ushort)seen.Lane, (ushort)seen.DistanceDecimetres, (ushort)seen.SpeedDecimetresPerSecond, (ObjectClass)(seen.Class - 1), seen.Track);

    private static LoopReading Read(Wire.DetectorReading reading) =>
        reading.Validity == Wire.Validity.Valid ? new((byte)reading.Count, (ushort)reading.OccupancyPermille) : default;

    private static Violation Read(Wire.Violation violation, long second) => new(
        second - (long)violation.SecondsAgo, (SafetyRule)(violation.Rule - 1), (int)violation.Group - 1, (int)violation.OtherGroup - 1, violation.Text);
}
