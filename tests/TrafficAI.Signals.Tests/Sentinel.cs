using System.Collections.Immutable;

namespace TrafficAI.Signals.Tests;

/// <summary>The soak's own view of safety: counts seconds as they pass, whatever the clock says, and never forgets. Shares nothing with
/// decider, monitor or <see cref="Watch"/>.</summary>
internal sealed class Sentinel
{
    private readonly IntersectionSignals signals;
    private readonly int count;

    /// <summary>Per group the tick at which what it shows (green and flashing green as one) began, and at which its lamp began.</summary>
    private readonly long[] began;
    private readonly long[] lampBegan;

    /// <summary>Per group the last tick at which it was green, or off though its programme never is.</summary>
    private readonly long[] lastGreen;
    private readonly long[] lastOff;

    /// <summary>Per group: the beginning of what it shows was seen.</summary>
    private readonly bool[] sawBegin;
    private ImmutableArray<Lamp> last;
    private long tick = 1_000_000;

    public Sentinel(IntersectionSignals signals, ImmutableArray<Lamp> lamps)
    {
        this.signals = signals;
        count = signals.Groups.Length;
        last = lamps;
        began = [.. Enumerable.Repeat(tick, count)];
        lampBegan = [.. began];
        lastGreen = [.. Enumerable.Repeat(-1L, count)];
        lastOff = [.. lastGreen];
        sawBegin = new bool[count];
    }

    /// <summary>How often a group turned green.</summary>
    public long Greens { get; private set; }

    /// <summary>Looks at the next second; what is wrong, or null.</summary>
    /// <param name="cut">The device has lost its power, or has failed: what it showed may end as it likes, and all goes off.</param>
    public string? See(ImmutableArray<Lamp> lamps, bool cut = false)
    {
        tick++;
        if (lamps == last) return null;
        string? fault = null;
        for (var group = 0; group < count; group++) fault ??= cut ? NotOff(lamps, group) : Change(lamps, group);
        for (var group = 0; group < count; group++) Note(lamps[group], group, cut);
        for (var group = 0; group < count && !cut; group++) fault ??= Start(lamps, group);
        last = lamps;
        return fault;
    }

    private static string? NotOff(ImmutableArray<Lamp> lamps, int group) => IsOff(lamps[group]) ? null : $"group {group} shows {lamps[group]} in a fault";

    private string? Change(ImmutableArray<Lamp> lamps, int group)
    {
        var (rules, before, now) = (signals.Groups[group], last[group], lamps[group]);
        if (before == now) return null;
        var lasted = tick - lampBegan[group];
        if (IsGreen(before) && !IsGreen(now))
        {
            if (sawBegin[group] && tick - began[group] < rules.MinimumGreenSeconds) return $"green of {group} lasted {tick - began[group]} s";
            if (rules.FlashingGreenSeconds > 0 && (before != Lamp.FlashingGreen || (sawBegin[group] && lasted != rules.FlashingGreenSeconds)))
                return $"green of {group} ended as {before} after {lasted} s";
            if (rules.AmberSeconds > 0 && now == Lamp.Red) return $"no amber of {group}";
        }

        return (before, now) switch
        {
            (Lamp.FlashingGreen, Lamp.Green) => $"flashing green of {group} called back",
            (Lamp.Amber, _) when lastGreen[group] == lampBegan[group] - 1 && lasted < rules.AmberSeconds => $"amber of {group} lasted {lasted} s",
            (Lamp.RedAmber, not (Lamp.Green or Lamp.RedAmber)) when rules.FlashingGreenSeconds > 0 => $"red-amber of {group} before {now}",
            (Lamp.RedAmber, Lamp.Green) when rules.FlashingGreenSeconds > 0 && lasted > 2 => $"red-amber of {group} lasted {lasted} s",
            (Lamp.Dark or Lamp.FlashingAmber, not (Lamp.Amber or Lamp.Red or Lamp.Dark or Lamp.FlashingAmber)) when !rules.IsOffAtTimes =>
                $"group {group} jumped from {before} to {now}",
            _ => null,
        };
    }

    private void Note(Lamp now, int group, bool cut)
    {
        var before = last[group];
        if (IsGreen(before)) lastGreen[group] = tick - 1;
        if (IsOff(before) && !signals.Groups[group].IsOffAtTimes) lastOff[group] = tick - 1;
        if (cut) lastGreen[group] = -1; // from here on the time off counts
        if (before == now) return;
        lampBegan[group] = tick;
        if (IsGreen(before) && IsGreen(now)) return;
        began[group] = tick;
        sawBegin[group] = true;
        if (IsGreen(now)) Greens++;
    }

    private string? Start(ImmutableArray<Lamp> lamps, int group)
    {
        var starts = IsGreen(lamps[group]) && !IsGreen(last[group]);
        var goesOff = IsOff(lamps[group]) && !IsOff(last[group]) && !signals.Groups[group].IsOffAtTimes;
        if (!starts && !goesOff) return null;
        for (var foe = 0; foe < count; foe++)
        {
            if (signals.Conflicts[foe * count + group] == Conflict.None) continue;
            if (starts && IsGreen(lamps[foe]) && signals.Conflicts[foe * count + group] == Conflict.Full) return $"{group} and {foe} are green";
            if (IsGreen(lamps[foe])) continue;
            var least = signals.IntergreenSeconds[foe * count + group];
            var ended = starts ? Math.Max(lastGreen[foe], lastOff[foe]) : lastOff[foe] > lastGreen[foe] ? -1 : lastGreen[foe];
            if (ended >= 0 && tick - ended - 1 < least) return $"{tick - ended - 1} s from {foe} to {group}, needs {least}";
        }

        return null;
    }

    private static bool IsGreen(Lamp lamp) => lamp is Lamp.Green or Lamp.FlashingGreen;

    private static bool IsOff(Lamp lamp) => lamp is Lamp.Dark or Lamp.FlashingAmber;
}
