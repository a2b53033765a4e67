using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Watches only the lamps shown, knows nothing of phases, plans or wishes, and shares no code with the decider. What it has not
/// seen is no violation: a time counts only from a change that it saw.</summary>
public sealed class ConflictMonitor
{
    private const long Never = long.MinValue;

    private readonly IntersectionSignals signals;
    private readonly Lamp[] shown;

    /// <summary>Per group the second at which its green (flashing green included) began, if seen.</summary>
    private readonly long[] greenSince;

    /// <summary>Per group the second at which its last green had ended, if seen.</summary>
    private readonly long[] greenEnded;

    /// <summary>Per group the second at which amber followed green, if seen.</summary>
    private readonly long[] amberSince;
    private long lastSecond = Never;

    public ConflictMonitor(IntersectionSignals signals)
    {
        this.signals = signals;
        shown = new Lamp[signals.Groups.Length];
        greenSince = new long[shown.Length];
        greenEnded = new long[shown.Length];
        amberSince = new long[shown.Length];
    }

    /// <summary>Looks at the lamps of one second; the first violation found, or null.</summary>
    /// <param name="second">The street second. After a gap the monitor starts anew.</param>
    /// <param name="lamps">One per group.</param>
    /// <exception cref="ArgumentException">There are not as many lamps as groups.</exception>
    public Violation? Observe(long second, ImmutableArray<Lamp> lamps)
    {
        if (lamps.Length != shown.Length)
            throw new ArgumentException($"{lamps.Length} lamps for {shown.Length} groups of '{signals.Id}'. Give one per group.", nameof(lamps));
        var violation = ConflictingGreen(second, lamps);
        if (lastSecond == Never || second != lastSecond + 1)
        {
            Array.Fill(greenSince, Never);
            Array.Fill(greenEnded, Never);
            Array.Fill(amberSince, Never);
        }
        else
        {
            for (var group = 0; group < shown.Length; group++) violation ??= Sequence(second, group, lamps[group]);
            for (var group = 0; group < shown.Length; group++) violation = EndOf(second, group, lamps[group], violation);
            for (var group = 0; group < shown.Length; group++) violation = StartOf(second, group, lamps, violation);
        }

        lamps.CopyTo(shown);
        lastSecond = second;
        return violation;
    }

    private Violation? ConflictingGreen(long second, ImmutableArray<Lamp> lamps)
    {
        for (var a = 0; a < lamps.Length; a++)
        {
            if (!Goes(lamps[a])) continue;
            for (var b = a + 1; b < lamps.Length; b++)
                if (Goes(lamps[b]) && signals.ConflictBetween(a, b) == Conflict.Full)
                    return new(second, SafetyRule.ConflictingGreen, a, b,
                        $"groups {a + 1} and {b + 1} conflict and are both green in second {second}");
        }

        return null;
    }

    /// <summary>Orders of lamps that no group may show. Amber that is not needed (0 s) may be missing; dark and flashing amber may come
    /// and go, red-amber may be missing.</summary>
    private Violation? Sequence(long second, int group, Lamp now)
    {
        var vehicles = signals.Groups[group].Kind == GroupKind.Vehicle;
        var forbidden = (shown[group], now) switch
        {
            (Lamp.Green or Lamp.FlashingGreen, Lamp.Red) => vehicles && signals.Groups[group].AmberSeconds > 0,
            (Lamp.Green or Lamp.FlashingGreen, Lamp.RedAmber) => true,
            (Lamp.FlashingGreen, Lamp.Green) => true,
            (Lamp.Red, Lamp.Amber) => vehicles,
            (Lamp.RedAmber, Lamp.Amber) => true,
            _ => false,
        };
        return forbidden
            ? new(second, SafetyRule.ForbiddenSequence, group, -1, $"group {group + 1} went from {shown[group]} to {now} in second {second}")
            : null;
    }

    private Violation? EndOf(long second, int group, Lamp now, Violation? violation)
    {
        if (Goes(shown[group]) && !Goes(now))
        {
            var least = signals.Groups[group].MinimumGreenSeconds;
            if (greenSince[group] != Never && second - greenSince[group] < least)
                violation ??= new(second, SafetyRule.ShortMinimumGreen, group, -1,
                    $"green of group {group + 1} lasted {second - greenSince[group]} s until second {second}, its minimum is {least} s");
            greenEnded[group] = second;
            greenSince[group] = Never;
            if (now == Lamp.Amber) amberSince[group] = second;
        }
        else if (shown[group] == Lamp.Amber && now != Lamp.Amber)
        {
            var least = signals.Groups[group].AmberSeconds;
            if (amberSince[group] != Never && second - amberSince[group] < least)
                violation ??= new(second, SafetyRule.ShortAmber, group, -1,
                    $"amber of group {group + 1} lasted {second - amberSince[group]} s until second {second}, it needs {least} s");
            amberSince[group] = Never;
        }

        return violation;
    }

    private Violation? StartOf(long second, int group, ImmutableArray<Lamp> lamps, Violation? violation)
    {
        if (Goes(shown[group]) || !Goes(lamps[group])) return violation;
        greenSince[group] = second;
        for (var foe = 0; foe < lamps.Length; foe++)
        {
            var least = signals.Intergreen(foe, group);
            if (signals.ConflictBetween(foe, group) == Conflict.None || Goes(lamps[foe]) || greenEnded[foe] == Never) continue;
            if (second - greenEnded[foe] < least)
                violation ??= new(second, SafetyRule.ShortIntergreen, foe, group,
                    $"group {group + 1} became green in second {second}, "
                    + $"{second - greenEnded[foe]} s after the end of group {foe + 1}; it needs {least} s");
        }

        return violation;
    }

    private static bool Goes(Lamp lamp) => lamp == Lamp.Green || lamp == Lamp.FlashingGreen;
}
