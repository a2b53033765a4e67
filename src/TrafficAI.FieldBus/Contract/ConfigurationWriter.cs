using System.Collections.Immutable;
using System.Security.Cryptography;
using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>What a controller holds about its intersection, as a message of the contract.</summary>
public static class ConfigurationWriter
{
    /// <param name="detectors">Those of the intersection, in their order.</param>
    public static Wire.Configuration Write(IntersectionSignals signals, ImmutableArray<Detector> detectors)
    {
        var flashing = new FlashSequences(signals);
        var message = new Wire.Configuration
        {
            Intersection = signals.Id.Value,
            LocalPlan = Write(signals.LocalPlan),
            DecisionInterval = (uint)signals.DecisionIntervalSeconds,
            MaximumRed = (uint)(signals.MaximumRedSeconds ?? 0),
            AllRedExtension = (uint)signals.AllRedExtensionSeconds,
            Start = Sequence(Enumerable.Range(0, flashing.StartSeconds).Select(flashing.Start)),
        };
        message.Groups.Add(signals.Groups.Select(Write));
        message.Conflicts.Add(signals.Conflicts.Select(conflict => (Wire.Conflict)(conflict + 1)));
        message.Intergreens.Add(signals.IntergreenSeconds.Select(seconds => (uint)seconds));
        message.Phases.Add(signals.Phases.Select(phase => Write(signals, phase, flashing)));
        message.Passages.Add(signals.Interphases.Select(passage => Sequence(passage.Seconds)));
        message.Flashing.Add(Lamps(flashing.Flashing.Lamps));
        message.Dark.Add(Lamps(flashing.Dark.Lamps));
        message.Detectors.Add(detectors.Select(d => new Wire.Detector { Id = d.Id, Kind = (Wire.DetectorKind)(d.Kind + 1) }));
        return message;
    }

    /// <summary>SHA-256 over the bytes of a configuration: fields by rising number, none that is not set, lists packed, as every Protobuf library
    /// writes them.</summary>
    public static ByteString Checksum(Wire.Configuration configuration) => ByteString.CopyFrom(SHA256.HashData(configuration.ToByteArray()));

    private static Wire.SignalGroup Write(SignalGroup group) => new()
    {
        Kind = (Wire.GroupKind)(group.Kind + 1),
        MinimumGreen = (uint)group.MinimumGreenSeconds,
        Amber = (uint)group.AmberSeconds,
        FlashingGreen = (uint)group.FlashingGreenSeconds,
        RedAfter = (uint)(group.RedAfterSeconds ?? group.AmberSeconds),
        OffAtTimes = group.IsOffAtTimes,
    };

    private static Wire.Phase Write(IntersectionSignals signals, Phase phase, FlashSequences flashing)
    {
        var message = new Wire.Phase { MinimumSeconds = (uint)phase.MinimumSeconds, Closing = Sequence(flashing.Closing(phase.Id)) };
        message.Lamps.Add(Lamps(signals.LampsOf(phase)));
        return message;
    }

    private static Wire.LocalPlan Write(FixedPlan plan)
    {
        var offset = plan.OffsetSeconds % plan.CycleSeconds;
        var message = new Wire.LocalPlan { CycleSeconds = (uint)plan.CycleSeconds, OffsetSeconds = (uint)(offset < 0 ? offset + plan.CycleSeconds : offset) };
        message.Steps.Add(plan.Steps.Select(step => new Wire.PlanStep { Phase = (uint)step.Phase.Number, Start = (uint)step.InterphaseStart }));
        return message;
    }

    /// <summary>Equal seconds in a row are one step.</summary>
    private static Wire.LampSequence Sequence(IEnumerable<LampImage> seconds)
    {
        var sequence = new Wire.LampSequence();
        ImmutableArray<Lamp>? before = null;
        foreach (var second in seconds)
        {
            if (before is { } same && same.SequenceEqual(second.Lamps))
            {
                sequence.Steps[^1].Seconds++;
                continue;
            }

            var step = new Wire.LampStep { Seconds = 1 };
            step.Lamps.Add(Lamps(second.Lamps));
            sequence.Steps.Add(step);
            before = second.Lamps;
        }

        return sequence;
    }

    private static IEnumerable<Wire.Lamp> Lamps(ImmutableArray<Lamp> lamps) => lamps.Select(lamp => (Wire.Lamp)(lamp + 1));
}
