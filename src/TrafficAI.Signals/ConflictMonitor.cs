using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Watches only the lamps shown, knows nothing of phases, plans or wishes, and shares no code with the decider. What it has not
/// seen is no violation: a time counts only from a change that it saw. Allocates nothing but violations. Not thread-safe.</summary>
/// <remarks>Who sees flashing amber or a dark lamp may go, so the intergreen to others starts when that ends. A group that its own
/// programme shows so now and then is exempt: the file says that nobody is controlled there.</remarks>
public sealed class ConflictMonitor
{
    private const long Never = long.MinValue;

    private readonly string name;
    private readonly MonitoredGroup[] groups;

    /// <summary>Groups × groups: never green together.</summary>
    private readonly bool[] conflicts;

    /// <summary>Groups × groups: seconds from the end of the row's green to the start of the column's; 0 where they do not meet.</summary>
    private readonly int[] intergreens;

    private readonly Lamp[] shown;
    private long lastSecond = Never;

    /// <summary>What was shown last was a conflict of greens.</summary>
    private bool conflictShown;

    public ConflictMonitor(IntersectionSignals signals)
    {
        name = signals.Id.ToString();
        groups = [.. signals.Groups.Select(group => new MonitoredGroup(group))];
        conflicts = [.. signals.Conflicts.Select(conflict => conflict == Conflict.Full)];
        intergreens = [.. signals.IntergreenSeconds.Select((seconds, pair) => signals.Conflicts[pair] == Conflict.None ? 0 : seconds)];
        shown = new Lamp[groups.Length];
    }

    /// <summary>Looks at the lamps of one second; the first violation found, or null.</summary>
    /// <param name="second">The street second. After a gap the monitor starts anew.</param>
    /// <param name="lamps">One per group.</param>
    /// <exception cref="ArgumentException">There are not as many lamps as groups.</exception>
    public Violation? Observe(long second, ImmutableArray<Lamp> lamps)
    {
        if (lamps.Length != shown.Length)
            throw new ArgumentException($"{lamps.Length} lamps for {shown.Length} groups of '{name}'. Give one per group.", nameof(lamps));
        var follows = lastSecond != Never && second == lastSecond + 1;
        lastSecond = second;
        if (follows && !conflictShown && lamps.AsSpan().SequenceEqual(shown)) return null;

        var violation = ConflictingGreen(second, lamps);
        conflictShown = violation is not null;
        if (!follows)
        {
            foreach (var group in groups) group.Forget();
        }
        else
        {
            for (var group = 0; group < shown.Length; group++) violation ??= Sequence(second, group, lamps[group]);
            for (var group = 0; group < shown.Length; group++) violation = EndOf(second, group, lamps[group], violation);
            for (var group = 0; group < shown.Length; group++) violation = StartOf(second, group, lamps, violation);
        }

        lamps.CopyTo(shown);
        return violation;
    }

    /// <summary>The count of seconds was set: what was shown last is now said to have been shown in the second before
    /// <paramref name="next"/>. No lamp has lasted longer or shorter for that.</summary>
    public void SetClock(long next)
    {
        if (lastSecond == Never) return;
        foreach (var group in groups) group.Shift(next - 1 - lastSecond);
        lastSecond = next - 1;
    }

    private Violation? ConflictingGreen(long second, ImmutableArray<Lamp> lamps)
    {
        for (var a = 0; a < lamps.Length; a++)
        {
            if (!Goes(lamps[a])) continue;
            for (var b = a + 1; b < lamps.Length; b++)
                if (Goes(lamps[b]) && conflicts[a * lamps.Length + b])
                    return new(second, SafetyRule.ConflictingGreen, a, b,
                        $"groups {a + 1} and {b + 1} conflict and are both green in second {second}");
        }

        return null;
    }

    /// <summary>Orders of lamps that no group may show. Amber that is not needed (0 s) may be missing; red-amber may be missing; who was
    /// off comes back over amber or red, never straight to green.</summary>
    private Violation? Sequence(long second, int group, Lamp now)
    {
        var rules = groups[group];
        var forbidden = (shown[group], now) switch
        {
            (Lamp.Green or Lamp.FlashingGreen, Lamp.Red) => rules.IsVehicle && rules.AmberSeconds > 0,
            (Lamp.Green or Lamp.FlashingGreen, Lamp.RedAmber) => true,
            (Lamp.FlashingGreen, Lamp.Green) => true,
            (Lamp.Red, Lamp.Amber) => rules.IsVehicle,
            (Lamp.RedAmber, Lamp.Amber) => true,
            (Lamp.Dark or Lamp.FlashingAmber, Lamp.Green or Lamp.FlashingGreen or Lamp.RedAmber) => !rules.IsOffAtTimes,
            _ => false,
        };
        return forbidden
            ? new(second, SafetyRule.ForbiddenSequence, group, -1, $"group {group + 1} went from {shown[group]} to {now} in second {second}")
            : null;
    }

    private Violation? EndOf(long second, int group, Lamp now, Violation? violation)
    {
        var (rules, before) = (groups[group], shown[group]);
        if (now == Lamp.FlashingGreen && before != Lamp.FlashingGreen) rules.FlashingSince = second;
        if (Goes(before) && !Goes(now))
        {
            violation ??= ShortGreen(second, group) ?? ShortFlashing(second, group);
            rules.GoingEnded = second;
            rules.GreenSince = Never;
            rules.FlashingSince = Never;
            if (now == Lamp.Amber) rules.AmberSince = second;
        }
        else if (IsOff(before) && !IsOff(now))
        {
            if (!rules.IsOffAtTimes) rules.GoingEnded = second;
        }
        else if (before == Lamp.Amber && now != Lamp.Amber)
        {
            if (rules.AmberSince != Never && second - rules.AmberSince < rules.AmberSeconds)
                violation ??= new(second, SafetyRule.ShortAmber, group, -1,
                    $"amber of group {group + 1} lasted {second - rules.AmberSince} s until second {second}, it needs {rules.AmberSeconds} s");
            rules.AmberSince = Never;
        }

        return violation;
    }

    private Violation? ShortGreen(long second, int group)
    {
        var rules = groups[group];
        if (rules.GreenSince == Never || second - rules.GreenSince >= rules.MinimumGreenSeconds) return null;
        return new(second, SafetyRule.ShortMinimumGreen, group, -1,
            $"green of group {group + 1} lasted {second - rules.GreenSince} s until second {second}, its minimum is {rules.MinimumGreenSeconds} s");
    }

    private Violation? ShortFlashing(long second, int group)
    {
        var rules = groups[group];
        if (rules.FlashingGreenSeconds == 0) return null;
        var flashed = shown[group] != Lamp.FlashingGreen ? 0 : rules.FlashingSince == Never ? long.MaxValue : second - rules.FlashingSince;
        if (flashed >= rules.FlashingGreenSeconds) return null;
        return new(second, SafetyRule.ShortFlashingGreen, group, -1,
            $"green of group {group + 1} flashed for {flashed} s until second {second}, it needs {rules.FlashingGreenSeconds} s");
    }

    private Violation? StartOf(long second, int group, ImmutableArray<Lamp> lamps, Violation? violation)
    {
        if (Goes(shown[group]) || !Goes(lamps[group])) return violation;
        groups[group].GreenSince = second;
        for (var foe = 0; foe < lamps.Length; foe++)
        {
            var least = intergreens[foe * lamps.Length + group];
            var ended = groups[foe].GoingEnded;
            if (least == 0 || ended == Never || Goes(lamps[foe])) continue;
            if (second - ended < least)
                violation ??= new(second, SafetyRule.ShortIntergreen, foe, group,
                    $"group {group + 1} became green in second {second}, {second - ended} s after the end of group {foe + 1}; it needs {least} s");
        }

        return violation;
    }

    private static bool Goes(Lamp lamp) => lamp == Lamp.Green || lamp == Lamp.FlashingGreen;

    private static bool IsOff(Lamp lamp) => lamp == Lamp.Dark || lamp == Lamp.FlashingAmber;

    /// <summary>The times of one group, and what was seen of it; moments are street seconds, <see cref="Never"/> if not seen.</summary>
    private sealed class MonitoredGroup(SignalGroup group)
    {
        public readonly bool IsVehicle = group.Kind == GroupKind.Vehicle;
        public readonly int MinimumGreenSeconds = group.MinimumGreenSeconds;
        public readonly int AmberSeconds = group.AmberSeconds;
        public readonly int FlashingGreenSeconds = group.FlashingGreenSeconds;
        public readonly bool IsOffAtTimes = group.IsOffAtTimes;

        /// <summary>Its green (flashing green included) began.</summary>
        public long GreenSince = Never;

        /// <summary>Its green began to flash.</summary>
        public long FlashingSince = Never;

        /// <summary>Amber followed green.</summary>
        public long AmberSince = Never;

        /// <summary>Its last green, or its last time off, had ended.</summary>
        public long GoingEnded = Never;

        public void Forget() => GreenSince = FlashingSince = AmberSince = GoingEnded = Never;

        public void Shift(long seconds)
        {
            GreenSince = Shifted(GreenSince, seconds);
            FlashingSince = Shifted(FlashingSince, seconds);
            AmberSince = Shifted(AmberSince, seconds);
            GoingEnded = Shifted(GoingEnded, seconds);
        }

        private static long Shifted(long moment, long seconds) => moment == Never ? Never : moment + seconds;
    }
}
