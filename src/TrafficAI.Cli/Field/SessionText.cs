using System.Globalization;
using TrafficAI.FieldBus.Sessions;

namespace TrafficAI.Cli.Field;

/// <summary>Words for what a server notices in its sessions.</summary>
public static class SessionText
{
    /// <summary>Shorter gaps only stand in the log.</summary>
    private const int LeastGap = 5;

    /// <summary>One line; null for what the log alone need know.</summary>
    public static string? Of(SessionNote note) => note switch
    {
        ControllerCame came => $"there, boot {came.Boot}, {came.Firmware}",
        ControllerLeft left => $"gone: {left.How}",
        FramesSkipped skipped when skipped.To - skipped.From >= LeastGap => Invariant($"no frame of {skipped.To - skipped.From + 1} s, from second {skipped.From} on"),
        QuarantineBegun begun => $"in quarantine: {begun.Reason}",
        QuarantineEnded => "out of quarantine",
        PlanRefused refused => Invariant($"refuses plan {refused.Sequence}: {refused.Outcome}{(refused.Text.Length > 0 ? $", {refused.Text}" : "")}"),
        ClockShifted shifted => Invariant($"its clock is {shifted.AheadMilliseconds / 1000m:0.0} s ahead of ours ({shifted.Quality}); nothing depends on it"),
        AlarmReported alarm => Invariant($"alarm {(alarm.Active ? "began" : "ended")}: {alarm.Kind}, component {alarm.Component}: {alarm.Text}"),
        LatencyDiffered differed => Invariant(
            $"plans act only after {differed.TheirsSeconds} s, and decisions reckon with {differed.OursSeconds}: raise 'latency' of the site"),
        _ => null,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
