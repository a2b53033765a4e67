using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>What frames say of the lamps, in our words.</summary>
internal static class Shown
{
    public static ImmutableArray<Lamp> LampsOf(Wire.Frame frame) => ConfigurationReader.Lamps(frame.Lamps);

    public static bool IsOff(Wire.Frame frame) => frame.Lamps.All(lamp => lamp is Wire.Lamp.FlashingAmber or Wire.Lamp.Dark);

    /// <summary>Phases run, or a passage from one to another.</summary>
    public static bool RunsPhases(Wire.Frame frame) => !IsOff(frame) && frame.NextPhase != frame.Phase;

    /// <summary>A phase runs, and no passage.</summary>
    public static bool Holds(Wire.Frame frame) => RunsPhases(frame) && frame.NextPhase == 0;

    public static SignalState StateOf(Wire.Frame frame) => new(
        frame.Second - 1, new((int)frame.Phase), frame.NextPhase == 0 ? null : new PhaseId((int)frame.NextPhase), (int)frame.Elapsed,
        LampsOf(frame), [.. frame.LampSeconds.Select(seconds => (int)seconds)], (long)frame.LampSequence);

    public static string Letters(IEnumerable<Lamp> lamps) => string.Concat(lamps.Select(lamp => "-RuGfAo"[(int)lamp]));

    public static string Describe(Wire.Frame frame) =>
        $"{(frame.NextPhase == 0 ? $"F{frame.Phase}" : $"F{frame.Phase}>F{frame.NextPhase}")} {frame.Elapsed} s {Letters(LampsOf(frame))}";

    /// <summary>How frames depart from a sequence of lamps that begins with the first of them; null where they follow it as far as they go.</summary>
    public static string? Departure(IEnumerable<Wire.Frame> frames, IEnumerable<ImmutableArray<Lamp>> expected)
    {
        var second = 0;
        foreach (var (frame, lamps) in frames.Zip(expected))
        {
            second++;
            if (!LampsOf(frame).SequenceEqual(lamps)) return $"its second {second} shows {Letters(LampsOf(frame))}, configured is {Letters(lamps)}";
        }

        return null;
    }

    /// <summary>The start as configured, then the first phase of the local plan.</summary>
    public static IEnumerable<ImmutableArray<Lamp>> Start(Wire.Configuration configuration) =>
        ConfigurationReader.Seconds(configuration.Start).Append(ConfigurationReader.Lamps(configuration.Phases[(int)configuration.LocalPlan.Steps[0].Phase - 1].Lamps));
}
