using System.Collections.Immutable;

namespace TrafficAI.Signals.Tests;

/// <summary>The tests' own view of safety: looks back over all lamps that were shown; shares nothing with decider or monitor.</summary>
internal static class Watch
{
    /// <summary>The first thing that is wrong in a run, or null. Index 0 is the state before the first step; what began before it is not
    /// judged.</summary>
    public static string? Fault(IntersectionSignals signals, IReadOnlyList<ImmutableArray<Lamp>> shown)
    {
        for (var second = 0; second < shown.Count; second++)
        {
            for (var a = 0; a < signals.Groups.Length; a++)
                for (var b = a + 1; b < signals.Groups.Length; b++)
                    if (Green(second, a) && Green(second, b) && signals.Conflicts[a * signals.Groups.Length + b] == Conflict.Full)
                        return $"conflicting green of {a} and {b} at {second}";
            if (second == 0) continue;
            foreach (var group in signals.Groups)
            {
                var g = group.Index;
                if (Green(second - 1, g) && !Green(second, g))
                {
                    var began = second - 1;
                    while (began >= 0 && Green(began, g)) began--;
                    if (began >= 0 && second - began - 1 < group.MinimumGreenSeconds)
                        return $"short green of {g}: {second - began - 1} s at {second}";
                    if (group.AmberSeconds > 0 && shown[second][g] == Lamp.Red) return $"no amber of {g} at {second}";
                    for (var back = 1; back <= group.FlashingGreenSeconds && second - back >= 0; back++)
                        if (shown[second - back][g] != Lamp.FlashingGreen) return $"short flashing green of {g} at {second}";
                }

                if (shown[second - 1][g] == Lamp.FlashingGreen && shown[second][g] == Lamp.Green) return $"flashing green of {g} called back at {second}";
                if (group.FlashingGreenSeconds > 0 && shown[second][g] == Lamp.RedAmber && RedAmberFault(second, g) is { } fault) return fault;
                if (shown[second - 1][g] == Lamp.Amber && shown[second][g] != Lamp.Amber)
                {
                    var began = second - 1;
                    while (began >= 0 && shown[began][g] == Lamp.Amber) began--;
                    if (began >= 0 && Green(began, g) && second - began - 1 < group.AmberSeconds) return $"short amber of {g} at {second}";
                }

                if (Green(second - 1, g) || !Green(second, g)) continue;
                foreach (var foe in signals.Groups)
                {
                    if (signals.Conflicts[foe.Index * signals.Groups.Length + g] == Conflict.None || Green(second, foe.Index)) continue;
                    var last = second;
                    while (last >= 0 && !Green(last, foe.Index)) last--;
                    var least = signals.IntergreenSeconds[foe.Index * signals.Groups.Length + g];
                    if (last >= 0 && second - last - 1 < least)
                        return $"short intergreen {foe.Index} to {g}: {second - last - 1} s at {second}, needs {least}";
                }
            }
        }

        return null;

        string? RedAmberFault(int second, int g)
        {
            if (shown[second - 1][g] is not (Lamp.Red or Lamp.RedAmber)) return $"red-amber of {g} after {shown[second - 1][g]} at {second}";
            if (second > 2 && Enumerable.Range(second - 2, 2).All(s => shown[s][g] == Lamp.RedAmber)) return $"long red-amber of {g} at {second}";
            foreach (var foe in signals.Groups)
                if (signals.Conflicts[foe.Index * signals.Groups.Length + g] == Conflict.Full
                    && (Green(second, foe.Index) || shown[second][foe.Index] == Lamp.Amber)) return $"red-amber of {g} beside {foe.Index} at {second}";
            return null;
        }

        bool Green(int second, int group) => shown[second][group] is Lamp.Green or Lamp.FlashingGreen;
    }

    /// <summary>The longest red of any group that some phase serves.</summary>
    public static int LongestRed(IntersectionSignals signals, IReadOnlyList<ImmutableArray<Lamp>> shown)
    {
        var longest = 0;
        foreach (var group in signals.Groups.Where(g => signals.Phases.Any(p => p.Green[g.Index])))
        {
            var red = 0;
            foreach (var lamps in shown)
            {
                red = lamps[group.Index] is Lamp.Red or Lamp.RedAmber ? red + 1 : 0;
                longest = Math.Max(longest, red);
            }
        }

        return longest;
    }
}
