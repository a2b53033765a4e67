using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Explain;

/// <summary>Explains one moment of one intersection by deciding on its recorded inputs again.</summary>
/// <remarks>The lamps of a second are reported by the frame after it.</remarks>
public sealed class Explainer
{
    /// <summary>What became of a decision is looked for until so long after the moment.</summary>
    private const int LookAheadSeconds = 180;

    private readonly Replay replay;
    private readonly IntersectionModel model;
    private readonly IntersectionFold fold;
    private readonly FactsOf facts;
    private readonly LaneWaits waits;
    private readonly long second;
    private readonly List<SignalState> shown = [];
    private Frame? frame;
    private OperatorOrder? order;
    private Violation? alarm;
    private Message message = Message.Unknown;
    private string? refusal;
    private DecisionFacts? decided;
    private DecisionFacts? now;
    private Decision? news;
    private PhaseId granted;

    private Explainer(Replay replay, IntersectionModel model, long second)
    {
        (this.replay, this.model, this.second) = (replay, model, second);
        fold = replay.NewFold(model);
        facts = new(replay.Site, model);
        waits = new(model);
    }

    /// <param name="second">The street second to explain.</param>
    /// <exception cref="RecordException">The log cannot be read.</exception>
    public static async Task<Explanation> ExplainAsync(Replay replay, IntersectionModel model, long second, CancellationToken stop)
    {
        var explainer = new Explainer(replay, model, second);
        await foreach (var (input, step) in replay.FoldAsync(model, explainer.fold, stop))
        {
            explainer.Take(input, step);
            if (input.Second > second + LookAheadSeconds || (input.Second > second + 1 && explainer.IsKnown())) break;
        }

        return explainer.Result();
    }

    private void Take(IntersectionInput input, FoldStep step)
    {
        if (input is IntersectionInput.FrameCame came && !IsRefused(step)) See(came.Frame);
        if (input.Second == second && input is (IntersectionInput.FrameCame or IntersectionInput.FrameMissed or IntersectionInput.RunEnded)) Hear(input, step);
        if (input is IntersectionInput.PlanningHeld && input.Second <= second) (news, decided, now) = (null, null, null);
        if (step.Decision is { } decision && input.Second <= second) Decide(decision, input is IntersectionInput.FrameMissed);
    }

    private void See(Frame came)
    {
        shown.Add(came.Signals);
        if (came.Second > second + 1) return;
        (frame, alarm, order) = (came, fold.Alarms.Standing, fold.Override);
        if (came.Mode is ControlMode.Fault or ControlMode.Off) (news, decided, now) = (null, null, null);
    }

    private void Hear(IntersectionInput input, FoldStep step)
    {
        if (message is Message.Frame or Message.Missing) return;
        message = input is not IntersectionInput.FrameCame ? Message.Missing : IsRefused(step) ? Message.Refused : Message.Frame;
        refusal = step.Events.Where(e => e.Type == IntersectionEvent.InputRefused).Select(e => EventJson.Decode<InputRefused>(e.Payload).Reason).FirstOrDefault();
    }

    private void Decide(Decision decision, bool blind)
    {
        waits.Observe(decision.Seen);
        var isNews = IsNews(decision, granted);
        granted = decision.Granted;
        if (!isNews && decision.Second != second) return;
        var told = facts.Decision(decision, fold.Account(decision), waits, blind);
        if (!isNews)
        {
            now = told;
            return;
        }

        (news, decided, now) = (decision.Copy(), told, null);
        shown.RemoveAll(state => state.Second < decision.ActsAt);
    }

    /// <summary>The wish has changed, or the guard that binds it. A wish for what has been granted before is no news while the passage to it runs,
    /// or where safety had chosen.</summary>
    private bool IsNews(Decision decision, PhaseId before)
    {
        if (news is null || decision.Failure is null != news.Failure is null) return true;
        if ((decision.Wanted, decision.Bound) == (news.Wanted, news.Bound)) return false;
        var follows = decision.Bound == Guard.None && decision.Wanted == before;
        return !follows || (decision.Motive != Motive.Passage && news.Bound != Guard.MaximumRed);
    }

    private static bool IsRefused(FoldStep step) => step.Events.Any(e => e.Type == IntersectionEvent.InputRefused);

    private bool IsKnown() => news is null || Outcome() is { GreenFrom: not null } or { OtherFrom: not null };

    private OutcomeFacts? Outcome()
    {
        if (news is null) return null;
        // Where safety has chosen another phase, it is that one which came of the decision.
        var phase = news.Granted == news.Running ? news.Wanted : news.Granted;
        var passage = shown.Find(state => state.Target != news.Running);
        var until = shown.Count == 0 ? news.ActsAt - 1 : shown[^1].Second;
        if (phase == news.Running || (passage is not null && passage.Target != phase))
            return new(phase.ToString(), null, null, passage?.Target.ToString(), Began(passage), until);
        var green = shown.Find(state => state.Next is null && state.Phase == phase);
        return new(phase.ToString(), Began(passage), Began(green), null, null, until);
    }

    private static long? Began(SignalState? state) => state?.Second - state?.Elapsed + 1;

    private Explanation Result()
    {
        var (header, file) = (replay.Record.Header, replay.Site.File);
        var known = frame is not null && (message != Message.Unknown || frame.Signals.Second >= second - 1);
        return new(
            Explanation.SchemaName,
            header.Build,
            RunHeader.ThisBuild,
            header.Scenario,
            model.Signals.Id.Value,
            file.Of(model.Signals.Id).Names,
            second,
            file.Date is null ? null : file.Start.Plus(second).ToString(),
            facts.Limits(),
            facts.Phases(),
            known ? facts.Shown(frame!, order) : null,
            frame?.Signals.Second,
            message,
            refusal,
            alarm is null ? null : facts.Alarm(alarm),
            known ? decided : null,
            known ? Outcome() : null,
            known ? now : null);
    }
}
