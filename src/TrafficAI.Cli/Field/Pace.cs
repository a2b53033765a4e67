using System.Diagnostics;
using System.Globalization;

namespace TrafficAI.Cli.Field;

/// <summary>How fast a simulated street behind a bus runs: <c>lockstep</c>, <c>real</c>, or a multiple of that such as <c>20x</c>.</summary>
/// <param name="Factor">Street seconds per second; 0 for lock-step.</param>
public readonly record struct Pace(double Factor)
{
    public bool IsLockstep => Factor == 0;

    /// <exception cref="InputException">It is no pace.</exception>
    public static Pace Parse(string text) => text switch
    {
        "lockstep" => new(0),
        "real" => new(1),
        _ => text.EndsWith('x') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            && factor is >= 0.1 and <= 1000
            ? new(factor)
            : throw new InputException($"--pace '{text}': choose lockstep, real, or a multiple from 0.1x to 1000x, such as 20x."),
    };

    /// <summary>A wait for the end of each street second, from now on; one that comes late is not made up for by haste.</summary>
    public Func<CancellationToken, Task> Clock()
    {
        var second = TimeSpan.FromSeconds(1 / Factor);
        var start = Stopwatch.GetTimestamp();
        var seconds = 0L;
        return async stop =>
        {
            var left = second * ++seconds - Stopwatch.GetElapsedTime(start);
            if (left > TimeSpan.Zero) await Task.Delay(left, stop);
            else (start, seconds) = (Stopwatch.GetTimestamp(), 0);
        };
    }
}
