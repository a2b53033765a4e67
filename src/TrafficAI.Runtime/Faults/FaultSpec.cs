using System.Globalization;

namespace TrafficAI.Runtime.Faults;

/// <summary>What goes wrong on a simulated street, as <c>--fault</c> says it: <c>dead=10%,stuck=5%,loss=5%,delay=2s,dup=1%,reorder=1%</c>.
/// Everything is drawn from the run's seed.</summary>
/// <param name="Dead">Share of detectors that say nothing for the whole run, 0 to 1.</param>
/// <param name="Stuck">Share of detectors that report a standing vehicle for the whole run, 0 to 1.</param>
/// <param name="Loss">Share of messages, frames and plans alike, that never arrive, 0 to 1.</param>
/// <param name="DelaySeconds">Each message arrives a whole number of seconds late, from 0 to this, all equally likely; 0 to 30.</param>
/// <param name="Duplicate">Share of messages that arrive a second time, a second later, 0 to 1.</param>
/// <param name="Reorder">Share of messages that are held back for a second, so that the next one overtakes them, 0 to 1.</param>
public sealed record FaultSpec(double Dead, double Stuck, double Loss, int DelaySeconds, double Duplicate, double Reorder)
{
    public static readonly FaultSpec None = new(0, 0, 0, 0, 0, 0);

    private const int LongestDelaySeconds = 30;

    /// <summary>Reads the text of <c>--fault</c>.</summary>
    /// <exception cref="FormatException">One line says what is wrong.</exception>
    public static FaultSpec Parse(string text)
    {
        var spec = None;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=') is [var n, var v] ? (n, v) : throw Wrong(part);
            if (!seen.Add(name)) throw new FormatException($"'{name}' stands there twice. Leave one of them out.");
            spec = name switch
            {
                "dead" => spec with { Dead = Share(part, value) },
                "stuck" => spec with { Stuck = Share(part, value) },
                "loss" => spec with { Loss = Share(part, value) },
                "delay" => spec with { DelaySeconds = Seconds(part, value) },
                "dup" => spec with { Duplicate = Share(part, value) },
                "reorder" => spec with { Reorder = Share(part, value) },
                _ => throw Wrong(part),
            };
        }

        return spec.Dead + spec.Stuck <= 1
            ? spec
            : throw new FormatException("'dead' and 'stuck' come to more than 100 % of the detectors. Make one of them smaller.");
    }

    private static double Share(string part, string value) =>
        value.EndsWith('%') && double.TryParse(value.AsSpan(..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100
            ? percent / 100
            : throw Wrong(part);

    private static int Seconds(string part, string value) =>
        value.EndsWith('s') && int.TryParse(value.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestDelaySeconds
            ? seconds
            : throw Wrong(part);

    private static FormatException Wrong(string part) =>
        new($"'{part}' is no fault. Write for example dead=10%,stuck=5%,loss=5%,delay=2s,dup=1%,reorder=1% (delay at most {LongestDelaySeconds}s).");
}
