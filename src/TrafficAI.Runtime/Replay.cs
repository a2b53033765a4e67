using System.Runtime.CompilerServices;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Optimisation;

namespace TrafficAI.Runtime;

/// <summary>The first place where a replay and its log differ.</summary>
/// <param name="Recorded">The recorded event; null if there is none.</param>
/// <param name="Decided">What this build decided on the same inputs; null for nothing.</param>
public sealed record Difference(IntersectionId Intersection, long Revision, IntersectionEvent? Recorded, IntersectionEvent? Decided);

/// <summary>What a replay found.</summary>
/// <param name="Inputs">Recorded inputs that were decided on again.</param>
/// <param name="Events">Events compared.</param>
/// <param name="Digest">One hash over the decisions of all intersections, in their order.</param>
/// <param name="First">The first difference, or null: identical.</param>
public sealed record ReplayResult(RunHeader Header, int Intersections, long Inputs, long Decisions, long Events, string Digest, Difference? First);

/// <summary>Decides again on the recorded inputs of a log, with nothing but the log.</summary>
public sealed class Replay(IEventLog log, SiteRecord record, Site site)
{
    public IEventLog Log => log;

    public SiteRecord Record => record;

    public Site Site => site;

    /// <exception cref="RecordException">The log holds no run, or one that cannot be read.</exception>
    public static async Task<Replay> OpenAsync(IEventLog log, CancellationToken stop)
    {
        var record = await SiteRecord.ReadAsync(log, stop);
        return new Replay(log, record, record.Build());
    }

    /// <summary>Decides on every input again and compares every event with the recorded one, byte for byte: the intersections at the
    /// same time, since none knows of another.</summary>
    /// <param name="progress">Called with the number of intersections done.</param>
    public async Task<ReplayResult> VerifyAsync(Action<int>? progress, CancellationToken stop)
    {
        var verified = new Verified[site.Models.Length];
        var done = 0;
        await Parallel.ForAsync(0, verified.Length, stop, async (i, cancel) =>
        {
            verified[i] = await VerifyAsync(site.Models[i], cancel);
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return new ReplayResult(
            record.Header, verified.Length, verified.Sum(v => v.Inputs), verified.Sum(v => v.Digest.Decisions), verified.Sum(v => v.Events),
            DecisionDigest.Of(verified.Select(v => v.Digest)), verified.Select(v => v.First).FirstOrDefault(d => d is not null));
    }

    /// <summary>A fold as it stood before the first input of a run.</summary>
    public IntersectionFold NewFold(IntersectionModel model) => new(model, record.Header.Options);

    /// <summary>The recorded inputs of one intersection, each with what it leads to.</summary>
    /// <param name="fold">From <see cref="NewFold"/>; it moves on with every step.</param>
    public async IAsyncEnumerable<(IntersectionInput Input, FoldStep Step)> FoldAsync(
        IntersectionModel model, IntersectionFold fold, [EnumeratorCancellation] CancellationToken stop)
    {
        var inputs = new LogStream(log, StreamNames.Inputs(model.Signals.Id));
        await foreach (var (input, revision) in RecordedInputs.ReadAsync(inputs, model.Signals.Id, -1, stop))
            yield return (input, fold.Apply(input, revision));
    }

    private async Task<Verified> VerifyAsync(IntersectionModel model, CancellationToken stop)
    {
        // The digests of the stream follow from its events, and are no decisions: 'check' compares them.
        await using var recorded = new LogStream(log, StreamNames.Intersection(model.Signals.Id)).ReadToEndAsync(-1, stop).GetAsyncEnumerator(stop);
        Difference? first = null;
        long inputs = 0, events = 0, next = 0;
        var fold = NewFold(model);
        using var old = await DigestsFromFirstAsync(model, stop) ? new DecisionDigestFromFirst() : null;
        await foreach (var (input, step) in FoldAsync(model, fold, stop))
        {
            inputs++;
            if (step.Decision is { } decision) old?.Add(decision);
            foreach (var said in step.Events)
            {
                var decided = old is not null && said.Type == IntersectionEvent.DecisionsDigested ? old.Event(input.Second) : said;
                var theirs = await recorded.MoveNextAsync() ? recorded.Current : null;
                next = theirs?.Revision ?? next;
                if (first is null && !Same(theirs, decided)) first = Differ(model, next, theirs, decided);
                events++;
                next++;
            }
        }

        if (await recorded.MoveNextAsync()) first ??= Differ(model, recorded.Current.Revision, recorded.Current, null);
        return new Verified(first, inputs, events, fold.Digest);
    }

    private async ValueTask<bool> DigestsFromFirstAsync(IntersectionModel model, CancellationToken stop)
    {
        await foreach (var e in log.ReadAsync(StreamNames.Intersection(model.Signals.Id), 0, stop))
        {
            if (e.Type is IntersectionEvent.DecisionsDigested or IntersectionEvent.DecisionsDigestedFromFirst)
                return e.Type == IntersectionEvent.DecisionsDigestedFromFirst;
        }

        return false;
    }

    private static bool Same(RecordedEvent? recorded, IntersectionEvent decided) =>
        recorded is not null && recorded.Type == decided.Type && recorded.Payload.Span.SequenceEqual(decided.Payload.Span);

    private static Difference Differ(IntersectionModel model, long revision, RecordedEvent? recorded, IntersectionEvent? decided) =>
        new(model.Signals.Id, revision, recorded is null ? null : new(recorded.Type, recorded.Payload), decided);

    /// <summary>What was found at one intersection.</summary>
    private sealed record Verified(Difference? First, long Inputs, long Events, DecisionDigest Digest);
}
