using System.Globalization;
using System.Text;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>One moment of one intersection in words: lamps, traffic, and the decision behind them.</summary>
public static class MomentView
{
    /// <summary>Decides on the recorded inputs up to the moment again.</summary>
    public static async Task<string> OfAsync(Replay replay, IntersectionModel model, long second, CancellationToken stop)
    {
        Frame? frame = null;
        Decision? now = null, change = null;
        Violation? alarm = null;
        var fold = replay.NewFold(model);
        await foreach (var (input, step) in replay.FoldAsync(model, fold, stop))
        {
            // The lamps of a second are reported by the frame after it.
            if (input.Second > second + 1) break;
            if (input is IntersectionInput.FrameCame came) (frame, alarm) = (came.Frame, fold.Alarms.Standing);
            if (input.Second > second || step.Decision is not { } decision) continue;
            if (now is null || decision.Wanted != now.Wanted || decision.Bound != now.Bound) change = decision;
            now = decision;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{model.Signals.Id} at {StreetTime.Format(second)}");
        if (frame is null) return text.Append(": nothing was recorded").ToString();
        if (frame.Signals.Second < second - 1)
            return text.Append(CultureInfo.InvariantCulture, $": nothing was recorded; the log ends at {StreetTime.Format(frame.Second)}").ToString();
        if (frame.Signals.Second < second) text.Append(CultureInfo.InvariantCulture, $" (the lamps are those of the second before, the last that was reported)");
        AppendSignals(text, frame, model);
        if (alarm is not null) text.AppendLine(CultureInfo.InvariantCulture, $"  ALARM     {alarm.Text}; nothing is planned until a person releases the controller");
        if (now is not null) AppendTraffic(text, replay.Site, model, now.Seen);
        if (change is not null) AppendDecision(text, change);
        return text.ToString();
    }

    private static void AppendSignals(StringBuilder text, Frame frame, IntersectionModel model)
    {
        var s = frame.Signals;
        var what = s.Next is { } next
            ? string.Create(CultureInfo.InvariantCulture, $"passing from {s.Phase} to {next}, second {s.Elapsed} of {model.Signals.Interphase(s.Phase, next).Length}")
            : string.Create(CultureInfo.InvariantCulture, $"{s.Phase} for {s.Elapsed} s");
        text.AppendLine(CultureInfo.InvariantCulture, $": {what}; controller runs {(frame.Mode == ControlMode.Plan ? "the optimiser's plan" : frame.Mode == ControlMode.Local ? "its own plan" : "flashing amber after a fault")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  lamps     {LampLetters.Of(s.Lamps)}   (one per signal group: G green, A amber, R red)");
    }

    private static void AppendTraffic(StringBuilder text, Site site, IntersectionModel model, TrafficPicture picture)
    {
        for (var i = 0; i < picture.Lanes.Length; i++)
        {
            var lane = picture.Lanes[i];
            if (lane.Vehicles.IsEmpty) continue;
            var id = site.Network.Lanes[model.Intersection.StopLanes[i].Lane].Id;
            text.AppendLine(CultureInfo.InvariantCulture, $"  lane      {id}: {lane.Queue:0.#} queued, {lane.Vehicles.Length} in all");
        }
    }

    private static void AppendDecision(StringBuilder text, Decision decision)
    {
        var outcome = decision.Bound == Guard.None ? "granted" : "held back by " + GuardNames.Of(decision.Bound);
        text.AppendLine(CultureInfo.InvariantCulture, $"  decision  at {StreetTime.Format(decision.Second)} {decision.Strategy} wanted {decision.Wanted} ({decision.Reason}): {outcome}");
        foreach (var candidate in decision.Candidates)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"            {candidate.Phase,-4} {candidate.Worth:0.000}{(candidate.Phase == decision.Wanted ? "  <" : "")}");
        }
    }
}
