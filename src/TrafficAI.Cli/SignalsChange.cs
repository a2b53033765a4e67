using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>What <c>signals.json</c> changes at an intersection, in words.</summary>
public static class SignalsChange
{
    /// <summary>One line; null where the file does not name the intersection and changes nothing.</summary>
    /// <param name="without">As derived from network, programme and class alone.</param>
    /// <param name="with">As the file makes it.</param>
    public static string? Of(SignalsFile file, IntersectionSignals without, IntersectionSignals with)
    {
        var part = file.Of(without.Id);
        var changes = Changes(part, without, with).ToList();
        if (changes.Count == 0 && part.Where == "") return null;
        var name = part.Names.Any is { } any ? $" '{any}'" : "";
        var status = part.Status == LightStatus.Unsaid ? "" : $" ({part.Status.ToString().ToLowerInvariant()})";
        return $"{SignalsFile.FileName}{name}{status}: {(changes.Count == 0 ? "no other lamps" : string.Join(", ", changes))}";
    }

    private static IEnumerable<string> Changes(IntersectionPart part, IntersectionSignals without, IntersectionSignals with)
    {
        if (Most(with, g => g.FlashingGreenSeconds) is > 0 and var flashing) yield return $"flashing green {flashing} s";
        if (Most(with, g => g.CountdownSeconds) is > 0 and var countdown) yield return $"countdown {countdown} s";
        if (with.AllRedExtensionSeconds > 0) yield return $"all red up to {with.AllRedExtensionSeconds} s longer";
        if (Count(without, with, (a, b) => a.AmberSeconds != b.AmberSeconds) is > 0 and var ambers) yield return $"amber of {Groups(ambers)}";
        if (Count(without, with, (a, b) => a.MinimumGreenSeconds != b.MinimumGreenSeconds) is > 0 and var minima) yield return $"minimum green of {Groups(minima)}";
        if (without.IntergreenSeconds.Zip(with.IntergreenSeconds).Count(pair => pair.First != pair.Second) is > 0 and var intergreens)
            yield return intergreens == 1 ? "1 intergreen" : $"{intergreens} intergreens";
        if (without.MaximumRedSeconds != with.MaximumRedSeconds) yield return $"red at most {with.MaximumRedSeconds} s";
        if (with.Night is { } night) yield return $"flashing amber {night}";
        if (without.LocalPlan.CycleSeconds != with.LocalPlan.CycleSeconds)
            yield return $"cycle {without.LocalPlan.CycleSeconds} s to {with.LocalPlan.CycleSeconds} s";
        else if (!without.LocalPlan.Steps.SequenceEqual(with.LocalPlan.Steps)) yield return "own plan computed, cycle kept";
        if (part.Groups.Count(group => group.QueueLimitMetres is not null) is > 0 and var limits) yield return $"queue limit of {Groups(limits)}";
    }

    private static string Groups(int count) => count == 1 ? "1 group" : $"{count} groups";

    private static int Most(IntersectionSignals signals, Func<SignalGroup, int> of) => signals.Groups.Select(of).Append(0).Max();

    private static int Count(IntersectionSignals without, IntersectionSignals with, Func<SignalGroup, SignalGroup, bool> differ) =>
        without.Groups.Zip(with.Groups).Count(pair => differ(pair.First, pair.Second));
}
