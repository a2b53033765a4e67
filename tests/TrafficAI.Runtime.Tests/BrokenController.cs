using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>Signals as a controller with a defect holds them.</summary>
internal static class BrokenController
{
    /// <summary>Every interphase lacks its last second, so that ambers or intergreens are short; its monitor knows the right ones.</summary>
    public static IntersectionSignals Hasty(this IntersectionSignals signals) =>
        signals with { Interphases = [.. signals.Interphases.Select(i => i.Length == 0 ? i : i with { Seconds = i.Seconds[..^1] })] };

    /// <summary>The same, and its monitor knows neither ambers nor intergreens.</summary>
    public static IntersectionSignals HastyAndBlind(this IntersectionSignals signals) => signals.Hasty() with
    {
        Groups = [.. signals.Groups.Select(g => g with { AmberSeconds = 0 })],
        IntergreenSeconds = [.. signals.IntergreenSeconds.Select(_ => 0)],
    };
}
