using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>One intersection: takes one input after the other from its mailbox (<see cref="IMailboxes"/>). Each is recorded, then believed, then decided on; the
/// decision is recorded, then sent. It knows no engine and no clock.</summary>
/// <param name="snapshots">Where it keeps its state now and then, to recover from; null for nowhere.</param>
/// <param name="epoch">Of the plans that it sends; null for that of the options.</param>
/// <param name="meter">Told of each minute that has ended, and after a recovery again of those that ended before it; null for nobody.</param>
public sealed class IntersectionActor(
    IntersectionModel model, DecisionOptions options, IEventLog log, IFieldBus bus, ISnapshotStore? snapshots = null, long? epoch = null, SiteMeter? meter = null)
{
    private const int MinutesToldAgain = 60;

    /// <summary>An actor that stumbles recovers from its log; after so many times in a row, without an input dealt with in between, it
    /// gives up.</summary>
    public const int RestartsInARow = 3;

    private readonly LogStream inputs = new(log, StreamNames.Inputs(model.Signals.Id));
    private readonly LogStream events = new(log, StreamNames.Intersection(model.Signals.Id));
    private readonly FoldSnapshots? kept = snapshots is null ? null : new(snapshots, log, model, options);
    private readonly List<IntersectionEvent> waiting = [];
    private IntersectionFold fold = new(model, options);
    private FoldStep last;
    private bool isRecovered;
    private int restartsInARow;

    public IntersectionId Id => model.Signals.Id;

    /// <summary>What it has folded so far; read it only when the actor rests.</summary>
    public IntersectionFold Fold => fold;

    /// <summary>The plan made on the last input; null if none was. Read it only when the actor rests.</summary>
    public PhasePlan? LastPlan => last.Decision is { } decision ? Own(decision.ToPlan()) : null;

    /// <summary>How often it has stumbled and recovered.</summary>
    public int Restarts { get; private set; }

    /// <summary>Its index in the network, by which neighbours know it.</summary>
    public int Index => model.Intersection.Index;

    /// <summary>Where the streams of this intersection end; read it only when the actor rests.</summary>
    public IEnumerable<EventLog.StreamEnd> Ends => new[] { inputs.End, events.End }.Where(end => end.Last >= 0);

    /// <summary>Recovers from the log if it has not yet. What it told its neighbours last may have got lost with the process: it tells it again.</summary>
    /// <param name="tell">Called with what neighbours are to be told.</param>
    public async Task StartAsync(Action<ImmutableArray<Telling>> tell, CancellationToken stop)
    {
        if (!isRecovered) await RecoverAsync(stop);
        if (!last.Forecasts.IsDefaultOrEmpty) tell(last.Forecasts);
    }

    /// <summary>Deals with an input. When that throws it has stumbled: it is to be restarted before the next.</summary>
    /// <param name="tell">Called with what neighbours are to be told, before the plan of the same second is sent: a street that has it may go on.</param>
    public async Task TakeAsync(IntersectionInput input, Action<ImmutableArray<Telling>> tell, CancellationToken stop)
    {
        await HandleAsync(input, tell, stop);
        restartsInARow = 0;
    }

    /// <summary>Recovers after it has stumbled; the input that it stumbled over is lost, unless it was recorded.</summary>
    /// <param name="why">What <see cref="TakeAsync"/> threw; thrown again when it has stumbled too often in a row.</param>
    public async Task RestartAsync(Exception why, CancellationToken stop)
    {
        if (++restartsInARow >= RestartsInARow) ExceptionDispatchInfo.Throw(why);
        Restarts++;
        await RecoverAsync(stop);
    }

    /// <summary>Decides again on what is recorded; what that led to and is not recorded is.</summary>
    public async Task RecoverAsync(CancellationToken stop)
    {
        last = default;
        var from = (kept is null ? null : await kept.LatestAsync(stop)) ?? new RecoveredFold(new IntersectionFold(model, options), -1, -1);
        fold = from.Fold;
        var recorded = await events.ReadToEndAsync(from.Events, stop).CountAsync(stop);
        var unrecorded = new List<IntersectionEvent>();
        var minutes = new Queue<MinuteFigures>();
        await foreach (var (input, revision) in RecordedInputs.ReadAsync(inputs, Id, from.Input, stop))
        {
            last = fold.Apply(input, revision);
            if (last.Minute is { } minute) minutes.Enqueue(minute);
            if (minutes.Count > MinutesToldAgain) minutes.Dequeue();
            foreach (var @event in last.Events)
            {
                if (--recorded < 0) unrecorded.Add(@event);
            }
        }

        // The process may have ended between an input and what it led to.
        if (unrecorded.Count > 0) await events.AppendAsync(unrecorded, stop);
        foreach (var minute in minutes) meter?.Write(Id, minute);
        isRecovered = true;
    }

    /// <summary>Nothing is decided on forecasts and requests alone: they wait for the input that they came ahead of, and are recorded with it in one append.</summary>
    private async Task HandleAsync(IntersectionInput input, Action<ImmutableArray<Telling>> tell, CancellationToken stop)
    {
        waiting.Add(InputCodec.Encode(input));
        if (input is IntersectionInput.ForecastsCame or IntersectionInput.PriorityAsked) return;
        IntersectionEvent[] recorded = [.. waiting];
        waiting.Clear();
        var revision = await inputs.AppendAsync(recorded, stop) - recorded.Length;
        foreach (var (type, payload) in recorded) await ActAsync(InputCodec.Decode(Id, type, payload), ++revision, tell, stop);
    }

    private async Task ActAsync(IntersectionInput input, long revision, Action<ImmutableArray<Telling>> tell, CancellationToken stop)
    {
        var step = last = fold.Apply(input, revision);
        if (step.Events.Count > 0) await events.AppendAsync(step.Events, stop);
        if (step.DigestIsDue) await DigestAsync(stop);
        var decision = step.Decision;
        if (step.Minute is { } minute) meter?.Write(Id, minute);
        if (kept is not null) await kept.OfferAsync(fold, revision, events.End.Last, stop);
        tell(step.Forecasts);
        if (decision is not null) await bus.PublishPlanAsync(Own(decision.ToPlan()), stop);
        if (step.Mode is { } order) await bus.PublishModeAsync(Id, order, stop);
        foreach (var answer in step.Answers) await bus.PublishAnswerAsync(Id, answer, stop);
    }

    private PhasePlan Own(PhasePlan plan) => epoch is { } own ? plan with { Epoch = own } : plan;

    private async Task DigestAsync(CancellationToken stop)
    {
        await inputs.DigestAsync(stop);
        await events.DigestAsync(stop);
    }
}
