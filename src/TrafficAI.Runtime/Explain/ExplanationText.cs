using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Explain;

/// <summary>An explanation in plain words.</summary>
public sealed class ExplanationText
{
    private const int MostLanes = 6;
    private const int MostChoices = 6;
    private const int MostDetectors = 4;
    private const int CostDigits = 1;

    /// <summary>A smaller doubt is not worth a word.</summary>
    private const double LeastDeviation = 0.5;

    private readonly Explanation told;
    private readonly Language language;
    private readonly StringBuilder text = new();

    private ExplanationText(Explanation told, Language language) => (this.told, this.language) = (told, language);

    /// <returns>Lines, at most 30 or so, each with its end.</returns>
    public static string Of(Explanation told, Language language)
    {
        var writer = new ExplanationText(told, language);
        writer.Write();
        return writer.text.ToString();
    }

    private static string Clock(long second) =>
        string.Create(CultureInfo.InvariantCulture, $"{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}");

    private static string Kebab<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}");

    private string Say(string key, params ReadOnlySpan<(string, object)> values) => language.Say(key, values);

    private void Line(string line) => text.Append(line).Append('\n');

    private void Write()
    {
        var place = language.NameOf(told.Names) is { } name ? Say("place.named", ("name", name), ("id", told.Intersection)) : told.Intersection;
        Line(told.Instant is { } instant
            ? Say("title.dated", ("place", place), ("time", Clock(told.Second)), ("instant", instant))
            : Say("title", ("place", place), ("time", Clock(told.Second))));
        if (told.Shown is not { } shown)
        {
            Line(told.LogEnds is { } end ? Say("shown.ended", ("time", Clock(end))) : Say("shown.nothing"));
            WriteMessage();
            return;
        }

        WriteShown(shown);
        if (told.Alarm is { } alarm) WriteAlarm(alarm);
        WriteMessage();
        if (told.Decided is not { } decided) return;
        WriteDecision(decided);
        if (told.Outcome is { } outcome) WriteOutcome(decided, outcome);
        if (told.Now is { } now) WriteNow(decided, now);
        WriteSeen(decided.Seen);
        WriteChoices(decided);
    }

    private void WriteMessage()
    {
        if (told.Message == Message.Missing) Line(Say("message.missing"));
        if (told.Message == Message.Refused) Line(Say("message.refused", ("reason", told.Refusal ?? "")));
    }

    private void WriteShown(ShownFacts shown)
    {
        if (shown.Mode is ControlMode.Local or ControlMode.Plan) Line(Lamps(shown));
        if (shown.Mode != ControlMode.Plan) Line(Mode(shown));
        if (shown.Second < told.Second) Line(Say("shown.stale", ("time", Clock(shown.Second))));
    }

    private string Mode(ShownFacts shown) => shown is { Mode: ControlMode.Off, Flash: { } order }
        ? Say(order.By == OperatorDesk.Timetable ? "off.timetable" : "off.operator", ("by", order.By), ("until", Clock(order.Until)), ("reason", order.Reason.ReplaceLineEndings(" ")))
        : Say($"mode.{KebabName.Of(shown.Mode)}");

    private string Lamps(ShownFacts shown)
    {
        if (shown.Next == shown.Phase) return Say("shown.starting", ("elapsed", shown.ElapsedS));
        return shown.Next is { } next
            ? Say("shown.passage", ("from", shown.Phase), ("to", next), ("elapsed", shown.ElapsedS), ("length", shown.PassageS))
            : Say("shown.phase", ("phase", shown.Phase), ("since", Clock(shown.Since)), ("elapsed", shown.ElapsedS), ("serves", Serves(shown.Phase)));
    }

    private string Serves(string phase)
    {
        var facts = told.Phase(phase);
        var served = facts.Groups.IsEmpty ? facts.Ways.Select(way => Say("serves.way", ("road", way.Road), ("turns", way.Turns))).ToList() : [.. facts.Groups];
        if (facts.Groups.IsEmpty && facts.Crossings > 0) served.Add(Say("serves.crossings", ("crossings", facts.Crossings)));
        return served.Count == 0 ? Say("serves.nobody") : string.Join(", ", served);
    }

    private void WriteAlarm(AlarmFacts alarm)
    {
        var rule = Say($"rule.{RuleNames.Of(alarm.Rule)}", ("a", alarm.Groups[0]), ("b", alarm.Groups[^1]));
        Line(Say("alarm", ("time", Clock(alarm.Second)), ("rule", rule)));
    }

    private void WriteDecision(DecisionFacts decided)
    {
        var strategy = Say($"strategy.{decided.Strategy}");
        Line(decided.RunningS > 0
            ? Say("decided.running", ("time", Clock(decided.Second)), ("strategy", strategy), ("running", decided.Running), ("elapsed", decided.RunningS))
            : Say("decided.passage", ("time", Clock(decided.Second)), ("strategy", strategy), ("running", decided.Running)));
        if (decided.Failure is { } failure) Line(Say("decided.failure", ("failure", failure.ReplaceLineEndings(" "))));
        if (decided.Blind) Line(Say("decided.blind"));
        if (decided.Level is not (ControlLevel.Sensed or ControlLevel.Local)) Line(Say($"level.{HealthNames.Of(decided.Level)}"));
        if (decided.Override is { } order) Line(Override(order));
        Line(Say("why", ("why", Why(decided))));
        Line(Safety(decided));
    }

    private string Override(OverrideFacts order) => Say(
        $"override.{order.Act}", ("by", order.By), ("phase", order.Phase ?? ""), ("until", Clock(order.Until)), ("reason", order.Reason.ReplaceLineEndings(" ")), ("recommended", order.Recommended));

    private void WriteSeen(SeenFacts seen)
    {
        var busy = seen.Lanes.Where(lane => lane.InSight > 0).ToList();
        Line(Say(busy.Count == 0 ? "seen.nobody" : "seen"));
        var first = busy.OrderByDescending(lane => lane.Queue).ThenByDescending(lane => lane.InSight).Take(busy.Count > MostLanes + 1 ? MostLanes : busy.Count).ToHashSet();
        var rows = busy.Where(first.Contains).Select(Seen).ToList();
        if (busy.Count > first.Count)
            rows.Add(Say("seen.more", ("lanes", busy.Count - first.Count), ("vehicles", busy.Where(lane => !first.Contains(lane)).Sum(lane => lane.InSight))));
        if (seen.CrossingsRed > 0) rows.Add(Say("seen.crossings", ("crossings", seen.CrossingsRed), ("wait", seen.LongestRedS)));
        rows.AddRange(seen.Asked.Select(Asked));
        if (!seen.FullExits.IsEmpty) rows.Add(Say("seen.exits", ("exits", string.Join(", ", seen.FullExits))));
        if (!seen.HeldGates.IsEmpty) rows.Add(Say("seen.gates", ("lanes", string.Join(", ", seen.HeldGates))));
        if (!seen.BlockedLanes.IsEmpty) rows.Add(Say("seen.blocked", ("lanes", string.Join(", ", seen.BlockedLanes))));
        if (!seen.LostDetectors.IsEmpty) rows.Add(Say("seen.lost", ("detectors", Lost(seen.LostDetectors))));
        Table(rows);
    }

    private string Asked(AskedFacts asked)
    {
        var why = new List<string>();
        if (asked.Persons is { } persons) why.Add(Say("seen.asked.persons", ("persons", persons)));
        if (asked.LateS is { } late) why.Add(Say("seen.asked.late", ("late", late)));
        var counts = Say("seen.asked", ("group", asked.Group), ("weight", language.Number(asked.Weight, 1)));
        return why.Count == 0 ? counts : $"{counts} ({string.Join(", ", why)})";
    }

    private string Lost(ImmutableArray<LostDetectorFacts> lost)
    {
        var told = lost.Take(MostDetectors).Select(d => $"{d.Detector} ({Say($"condition.{HealthNames.Of(d.Condition)}")})");
        return string.Join(", ", lost.Length > MostDetectors ? told.Append(Say("seen.lost.more", ("detectors", lost.Length - MostDetectors))) : told);
    }

    private string Seen(LaneFacts lane) => Say(
        lane.WaitedS > 0 ? "seen.lane.waits" : "seen.lane",
        ("lane", lane.Lane), ("turns", lane.Turns), ("queue", language.Number(lane.Queue, 0)), ("inSight", InSight(lane)), ("wait", lane.WaitedS));

    private string InSight(LaneFacts lane) =>
        language.Number(lane.InSight, 0) + (lane.InSightDeviation >= LeastDeviation ? " ± " + language.Number(lane.InSightDeviation, 0) : "");

    private void WriteChoices(DecisionFacts decided)
    {
        if (decided.Yardstick is not { } yardstick)
        {
            if (decided.Motive != Motive.Passage) WritePossible(decided);
            return;
        }

        Line(Say($"choices.{KebabName.Of(yardstick)}"));
        var ranked = Ranked(decided).ToList();
        var told = ranked.Take(MostChoices).Union(ranked.Where(c => c.Phase == decided.Wanted || c.Phase == decided.Running)).ToList();
        var rows = told.Select(c => (c.Phase == decided.Wanted ? "> " : "  ") + Choice(decided, c)).ToList();
        if (told.Count < ranked.Count) rows.Add("  " + Say("choice.more", ("choices", ranked.Count - told.Count)));
        Table(rows);
        var leftOut = decided.Candidates.Where(c => c.Value is null).Select(c => c.Phase).ToList();
        if (leftOut.Count > 0) Line(Say("choices.left-out", ("phases", string.Join(", ", leftOut))));
    }

    private void WritePossible(DecisionFacts decided)
    {
        var others = decided.Candidates.Where(c => c.Phase != decided.Running).ToList();
        var atOnce = others.Where(c => c.PossibleFrom == decided.ActsAt).Select(c => c.Phase).ToList();
        if (atOnce.Count > 0) Line(Say("possible.at-once", ("phases", string.Join(", ", atOnce))));
        var later = others.Where(c => c.PossibleFrom != decided.ActsAt).Select(c => c.PossibleFrom is { } from
            ? Say("possible.later.from", ("phase", c.Phase), ("time", Clock(from)))
            : Say("possible.later.never", ("phase", c.Phase))).ToList();
        if (later.Count > 0) Line(Say("possible.later", ("phases", string.Join(", ", later))));
    }

    private string Choice(DecisionFacts decided, CandidateFacts candidate)
    {
        var phase = candidate.Phase == decided.Running ? Say("choice.stays", ("phase", candidate.Phase)) : $"{candidate.Phase}: {Serves(candidate.Phase)}";
        var row = candidate.Parts is { } parts ? Cost(phase, candidate.Value!.Value, parts) : Say("choice", ("phase", phase), ("value", language.Number(candidate.Value!.Value, 2)));
        return candidate.PossibleFrom == decided.ActsAt || candidate.Phase == decided.Running
            ? row
            : $"{row}; {(candidate.PossibleFrom is { } from ? Say("choice.later", ("time", Clock(from))) : Say("guard.never"))}";
    }

    /// <summary>What is printed adds up: the vehicles take what rounding leaves.</summary>
    private string Cost(string phase, double value, PartFacts parts)
    {
        var (all, pedestrians, speed, left) = (Rounded(value), Rounded(parts.Pedestrians), Rounded(parts.SpeedingUp), Rounded(parts.Left));
        return Say(
            "choice.parts", ("phase", phase), ("value", Cost(all)), ("vehicles", Cost(all - pedestrians - speed - left)), ("pedestrians", Cost(pedestrians)),
            ("speed", Cost(speed)), ("left", Cost(left)));
    }

    private static double Rounded(double cost) => Math.Round(cost, CostDigits);

    private string Cost(double cost) => language.Number(cost, CostDigits);

    private static IEnumerable<CandidateFacts> Ranked(DecisionFacts decided) => decided.Yardstick == Yardstick.Waiting
        ? decided.Candidates.Where(c => c.Value is not null).OrderBy(c => c.Value)
        : decided.Candidates.Where(c => c.Value is not null).OrderByDescending(c => c.Value);

    private string Why(DecisionFacts decided)
    {
        var ranked = Ranked(decided).ToList();
        if (decided.Motive != Motive.LeastCost || ranked.Find(c => c.Phase == decided.Wanted) is not { } wanted) return Plainly(decided);
        if (ranked[0] != wanted)
        {
            return Say(
                "why.margin", ("wanted", wanted.Phase), ("other", ranked[0].Phase), ("less", Difference(wanted, ranked[0])), ("margin", language.Number(decided.Margin, 0)));
        }

        return string.Join(' ', Comparisons(decided, wanted, ranked).Prepend(Say("why.least", ("wanted", wanted.Phase))));
    }

    private IEnumerable<string> Comparisons(DecisionFacts decided, CandidateFacts wanted, List<CandidateFacts> ranked)
    {
        var staying = ranked.Find(c => c.Phase == decided.Running);
        if (staying is not null && staying != wanted)
            yield return Say("why.against-staying", ("running", staying.Phase), ("less", Difference(staying, wanted)));
        if (ranked.Count > 1 && ranked[1] != staying)
            yield return Say(staying == wanted ? "why.against-other" : "why.against-next", ("other", ranked[1].Phase), ("more", Difference(ranked[1], wanted)));
    }

    private string Plainly(DecisionFacts decided)
    {
        var minimum = told.Phase(decided.Running).MinimumS;
        var key = decided.Motive switch
        {
            Motive.LeastCost => "unstated",
            Motive.Passage when decided == told.Decided => "passage.own",
            Motive.MayNotEnd when decided.RunningS >= minimum => "may-not-end.interval",
            var motive => KebabName.Of(motive),
        };
        return Say(
            $"why.{key}", ("wanted", decided.Wanted), ("running", decided.Running), ("reason", decided.Reason), ("minimum", minimum),
            ("limit", told.Limits.DecisionIntervalS), ("lane", decided.CalledLane ?? ""));
    }

    private string Difference(CandidateFacts more, CandidateFacts less) => Cost(Rounded(more.Value!.Value) - Rounded(less.Value!.Value));

    /// <summary>Nothing of a second in which a passage ran its course.</summary>
    private void WriteNow(DecisionFacts decided, DecisionFacts now)
    {
        if (now is { Motive: Motive.Passage, Guard: Guard.None }) return;
        var safety = now.Guard == Guard.None ? "" : $" {Safety(now)}";
        Line(now.Guard != Guard.None && (now.Wanted, now.Guard) == (decided.Wanted, decided.Guard)
            ? Say("now.same", ("time", Clock(now.Second)))
            : Say("now", ("time", Clock(now.Second)), ("why", Why(now) + safety)));
    }

    private string Safety(DecisionFacts decided)
    {
        var limit = decided.Guard == Guard.MaximumRed ? told.Limits.MaximumRedS ?? 0 : told.Limits.DecisionIntervalS;
        var held = decided.Guard == Guard.MaximumRed && decided.Granted == decided.Running ? ".held" : "";
        var from = decided.WantedFrom is { } second ? Say("guard.from", ("time", Clock(second))) : Say("guard.never");
        return Say($"guard.{GuardNames.Of(decided.Guard)}{held}", ("wanted", decided.Wanted), ("granted", decided.Granted), ("limit", limit), ("from", from));
    }

    private void WriteOutcome(DecisionFacts decided, OutcomeFacts outcome)
    {
        Line(outcome switch
        {
            { OtherFrom: { } from } when outcome.Phase == decided.Running => Say("after.stayed", ("phase", outcome.Phase), ("from", Clock(from)), ("other", outcome.Other!)),
            { OtherFrom: { } from } => Say("after.other", ("from", Clock(from)), ("other", outcome.Other!)),
            { PassageFrom: { } from, GreenFrom: { } green } when from < green => Say("after.green", ("phase", outcome.Phase), ("from", Clock(from)), ("green", Clock(green))),
            { GreenFrom: { } green } => Say("after.green.at-once", ("phase", outcome.Phase), ("green", Clock(green))),
            { PassageFrom: { } from } => Say("after.passage", ("phase", outcome.Phase), ("from", Clock(from))),
            _ => Say("after.unknown", ("time", Clock(outcome.ObservedUntil))),
        });
    }

    /// <summary>Rows whose columns stand under one another.</summary>
    private void Table(List<string> rows)
    {
        var cells = rows.Select(row => row.Split('\t')).ToList();
        var width = cells.Count == 0 ? 0 : cells.Max(row => row[0].Length);
        foreach (var row in cells) Line(row.Length == 1 ? $"  {row[0]}" : $"  {row[0].PadRight(width)}  {row[1]}");
    }
}
