using System.Globalization;
using System.Text;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>One moment of one intersection in words: lamps, traffic, and the decision behind them.</summary>
public static class MomentView
{
    /// <summary>So long after the moment a late frame is still looked for.</summary>
    private const int LatestSeconds = 60;

    /// <summary>Decides on the recorded inputs up to the moment again.</summary>
    public static async Task<string> OfAsync(Replay replay, IntersectionModel model, long second, CancellationToken stop)
    {
        Frame? frame = null;
        Decision? now = null, change = null;
        Violation? alarm = null;
        IntersectionInput.PlanningHeld? held = null;
        long? last = null;
        var fold = replay.NewFold(model);
        await foreach (var (input, step) in replay.FoldAsync(model, fold, stop))
        {
            // The lamps of a second are reported by the frame after it, which may be late.
            if (input.Second > second + 1 && (frame?.Second > second || input.Second > second + LatestSeconds)) break;
            last = Math.Max(last ?? input.Second, input.Second);
            if (input.Second > second + 1) continue;
            if (input is IntersectionInput.FrameCame came && !IsRefused(step)) (frame, alarm) = (came.Frame, fold.Alarms.Standing);
            if (input is IntersectionInput.PlanningHeld hold) held = hold;
            if (input is IntersectionInput.PlanningResumed) held = null;
            if (held is not null || frame?.Mode is ControlMode.Fault or ControlMode.Off) (now, change) = (null, null);
            if (input.Second > second || step.Decision is not { } decision) continue;
            var isNews = now is null || decision.Wanted != now.Wanted || decision.Bound != now.Bound;
            now = decision.Copy();
            if (isNews) change = now;
        }

        var text = new StringBuilder();
        AppendTitle(text, replay.Site.File, model, second);
        if (last < second) return text.Append(CultureInfo.InvariantCulture, $": nothing was recorded; the log ends at {StreetTime.Format(last.Value)}").ToString();
        if (frame is null) return text.Append(last is null ? ": nothing was recorded" : ": no frame had come by then").ToString();
        text.Append(Age(frame, second));
        AppendSignals(text, replay.Site.File, frame, model);
        if (alarm is not null) text.AppendLine(CultureInfo.InvariantCulture, $"  ALARM     {alarm.Text}; nothing is planned until a person releases the controller");
        if (held is not null) text.AppendLine(CultureInfo.InvariantCulture, $"  HELD      nothing is planned since {StreetTime.Format(held.Second)}: {held.Reason}");
        if (now is not null) AppendTraffic(text, replay.Site, model, now.Seen);
        if (change is not null) AppendDecision(text, change);
        return text.ToString();
    }

    private static bool IsRefused(FoldStep step) => step.Events.Any(e => e.Type == IntersectionEvent.InputRefused);

    private static string Age(Frame frame, long second) => (second - frame.Signals.Second) switch
    {
        <= 0 => "",
        1 => " (the lamps are those of the second before, the last that was reported)",
        _ => $" (no frame came since: the lamps are those of {StreetTime.Format(frame.Signals.Second)})",
    };

    private static void AppendTitle(StringBuilder text, SignalsFile file, IntersectionModel model, long second)
    {
        var name = file.Of(model.Signals.Id).Names.Any is { } any ? $" ({any})" : "";
        text.Append(CultureInfo.InvariantCulture, $"{model.Signals.Id}{name} at {StreetTime.Format(second)}");
        if (file.Date is not null) text.Append(CultureInfo.InvariantCulture, $" ({file.Start.Plus(second)})");
    }

    private static void AppendSignals(StringBuilder text, SignalsFile file, Frame frame, IntersectionModel model)
    {
        var s = frame.Signals;
        var what = s.Next is { } next
            ? string.Create(CultureInfo.InvariantCulture, $"passing from {s.Phase} to {next}, second {s.Elapsed} of {model.Signals.Interphase(s.Phase, next).Length}")
            : string.Create(CultureInfo.InvariantCulture, $"{s.Phase} for {s.Elapsed} s");
        text.AppendLine(CultureInfo.InvariantCulture, $": {what}; controller {Words(frame.Mode)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  lamps     {LampLetters.Of(s.Lamps)}   (one per signal group: G green, A amber, R red)");
        var named = file.Of(model.Signals.Id).Groups.Where(g => g.Name != "").Select(g => $"{g.Name} {LampLetters.Of([LampOf(g, s, model)])}").ToList();
        if (named.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  groups    {string.Join(", ", named)}");
    }

    private static Lamp LampOf(GroupPart part, SignalState state, IntersectionModel model) =>
        state.Lamps[model.Signals.Groups.First(g => g.Links[0] == part.Links[0]).Index];

    private static string Words(ControlMode mode) => mode switch
    {
        ControlMode.Plan => "runs the optimiser's plan",
        ControlMode.Local => "runs its own plan",
        ControlMode.Off => "off: flashing amber at a person's wish",
        _ => "runs flashing amber after a fault",
    };

    private static void AppendTraffic(StringBuilder text, Site site, IntersectionModel model, TrafficPicture picture)
    {
        for (var i = 0; i < picture.Lanes.Length; i++)
        {
            var lane = picture.Lanes[i];
            if (lane.Vehicles.IsEmpty) continue;
            var id = site.Network.Lanes[model.Intersection.StopLanes[i].Lane].Id;
            var doubt = lane.Variance > 0 ? string.Create(CultureInfo.InvariantCulture, $" (± {Math.Sqrt(lane.Variance):0.0})") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  lane      {id}: {lane.Queue:0.#} queued, {lane.Vehicles.Length} in all{doubt}");
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
