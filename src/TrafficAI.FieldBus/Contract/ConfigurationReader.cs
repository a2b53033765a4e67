using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>From a configuration of the contract to our words, as far as the decider and the monitor need them: each group has one link.
/// It takes no more than a small multiple of the message and 8 bytes for each second of its sequences, of which <see cref="WireLimits"/> allows 65,536.</summary>
public static class ConfigurationReader
{
    /// <param name="message">One that keeps the grammar.</param>
    public static IntersectionSignals Read(Wire.Configuration message)
    {
        var phases = message.Phases.Count;
        return new(
            new IntersectionId(message.Intersection),
            ControlClass.Site,
            message.Groups.Count,
            [.. message.Groups.Select(Read)],
            [.. message.Phases.Select((phase, index) => Read(phase, index))],
            [.. message.Conflicts.Select(conflict => (Conflict)(conflict - 1))],
            [.. message.Intergreens.Select(seconds => (int)seconds)],
            [.. message.Passages.Select((passage, at) => new Interphase(PhaseId.OfIndex(at / phases), PhaseId.OfIndex(at % phases), [.. Images(passage)]))],
            new FixedPlan(
                (int)message.LocalPlan.CycleSeconds, (int)message.LocalPlan.OffsetSeconds,
                [.. message.LocalPlan.Steps.Select(step => new FixedStep(new((int)step.Phase), (int)step.Start))]),
            (int)message.DecisionInterval,
            message.MaximumRed == 0 ? null : (int)message.MaximumRed)
        {
            AllRedExtensionSeconds = (int)message.AllRedExtension,
        };
    }

    /// <summary>The lamps of a message.</summary>
    public static ImmutableArray<Lamp> Lamps(IEnumerable<Wire.Lamp> lamps) => [.. lamps.Select(lamp => (Lamp)(lamp - 1))];

    /// <summary>A sequence second by second.</summary>
    public static IEnumerable<ImmutableArray<Lamp>> Seconds(Wire.LampSequence sequence) =>
        sequence.Steps.SelectMany(step => Enumerable.Repeat(Lamps(step.Lamps), (int)step.Seconds));

    private static SignalGroup Read(Wire.SignalGroup group, int index) => new(
        index, (GroupKind)(group.Kind - 1), [index], (int)group.MinimumGreen, (int)group.Amber, (int)group.FlashingGreen, group.OffAtTimes, (int)group.RedAfter);

    private static Phase Read(Wire.Phase phase, int index)
    {
        var lamps = Lamps(phase.Lamps);
        return new(PhaseId.OfIndex(index), [.. lamps.Select(lamp => lamp.IsGreen())], Letters(lamps), (int)phase.MinimumSeconds);
    }

    /// <summary>The seconds of a step are one picture.</summary>
    private static IEnumerable<LampImage> Images(Wire.LampSequence sequence) =>
        sequence.Steps.SelectMany(step => Enumerable.Repeat(Image(Lamps(step.Lamps)), (int)step.Seconds));

    private static LampImage Image(ImmutableArray<Lamp> lamps) => new(lamps, Letters(lamps));

    private static string Letters(ImmutableArray<Lamp> lamps) => string.Concat(lamps.Select(lamp => "OruGGyo"[(int)lamp]));
}
