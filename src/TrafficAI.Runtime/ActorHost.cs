using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Brings the frames of the field bus, and all else, to the mailboxes of a site's actors, and knows when all has been dealt with.</summary>
public sealed class ActorHost : IAsyncDisposable
{
    private readonly FrozenDictionary<IntersectionId, IntersectionActor> actors;
    private readonly ImmutableArray<IntersectionActor> inOrder;
    private readonly ConcurrentDictionary<IntersectionId, long> newest = new();
    private readonly ConcurrentDictionary<IntersectionId, Frame> newestFrames = new();
    private readonly ForecastPost post = new();
    private readonly FrozenSet<int> here;
    private readonly Action<ImmutableArray<Telling>>? abroad;
    private readonly FrameDeadlines? deadlines;
    private readonly IMailboxes mailboxes;
    private readonly IDisposable subscription;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private TaskCompletionSource? waiting;
    private ActorException? failure;
    private volatile bool hasEnded;
    private int outstanding;
    private long lost;
    private long repeated;

    /// <param name="actors">Those that have recovered already go on from there.</param>
    /// <param name="threads">At most so many actors work at the same time; at least 1.</param>
    /// <param name="deadlines">Tells which frames are overdue; null where the street does (<see cref="Overdue"/>).</param>
    /// <param name="host">Runs the actors; channels where nothing else is said.</param>
    /// <param name="abroad">Called with what is told to intersections that are none of these, on the actors' threads; null where there are no others.</param>
    public ActorHost(
        IReadOnlyCollection<IntersectionActor> actors, IFieldBus bus, int threads, FrameDeadlines? deadlines = null, MailboxHost? host = null,
        Action<ImmutableArray<Telling>>? abroad = null)
    {
        (this.deadlines, this.abroad) = (deadlines, abroad);
        inOrder = [.. actors];
        here = inOrder.Select(a => a.Index).ToFrozenSet();
        this.actors = actors.ToFrozenDictionary(a => a.Id);
        foreach (var actor in inOrder)
        {
            if (actor.Fold.LastSecond is { } second) newest[actor.Id] = second;
        }

        mailboxes = (host ?? ChannelMailboxes.Run)(new(inOrder, threads, Post, Settle, Fail, stop.Token));
        subscription = bus.SubscribeFrames(Deliver);
    }

    /// <summary>Frames that found no actor, or a full mailbox.</summary>
    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Frames that came twice in a row: taken once, as over any bus.</summary>
    public long Repeated => Interlocked.Read(ref repeated);

    /// <summary>Waits until every frame delivered so far has been dealt with.</summary>
    /// <exception cref="ActorException">An actor has failed.</exception>
    public Task SettledAsync()
    {
        lock (gate)
        {
            if (failure is not null) throw failure;
            if (outstanding == 0) return Task.CompletedTask;
            waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        if (failure is not null) await stop.CancelAsync();
        await mailboxes.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>The frames of a street second are overdue: tells every actor that has had none.</summary>
    public void Overdue(long second)
    {
        foreach (var actor in inOrder)
        {
            if (newest.GetValueOrDefault(actor.Id, long.MinValue) >= second) continue;
            Miss(actor, second);
        }
    }

    /// <summary>The newest street second of an intersection; null before its first frame.</summary>
    public long? NewestOf(IntersectionId intersection) => newest.TryGetValue(intersection, out var second) ? second : null;

    /// <summary>Planning that was held when the server before ended goes on: whatever held it tells so again. To be called before anything is heard.</summary>
    public void ResumePlanning()
    {
        foreach (var actor in inOrder)
        {
            if (actor.Fold.IsHeld) Tell(actor, new IntersectionInput.PlanningResumed(NewestOf(actor.Id) ?? 0));
        }
    }

    /// <summary>Intersections elsewhere have told these something: they hear it ahead of their next input.</summary>
    public void Hear(ImmutableArray<Telling> tellings) => post.Post(tellings);

    /// <summary>Tells an intersection something besides frames.</summary>
    public void Tell(IntersectionId intersection, IntersectionInput input)
    {
        if (!hasEnded && actors.TryGetValue(intersection, out var actor)) Tell(actor, input);
    }

    /// <summary>The run has ended: nothing more is heard, and every actor digests what no digest covers yet.</summary>
    /// <param name="second">The street second after the last.</param>
    /// <exception cref="ActorException">An actor has failed.</exception>
    public Task EndAsync(long second)
    {
        subscription.Dispose();
        hasEnded = true;
        foreach (var actor in inOrder) Tell(actor, new IntersectionInput.RunEnded(second));
        return SettledAsync();
    }

    private void Post(ImmutableArray<Telling> tellings)
    {
        if (abroad is null || tellings.All(telling => here.Contains(telling.To)))
        {
            post.Post(tellings);
            return;
        }

        post.Post([.. tellings.Where(telling => here.Contains(telling.To))]);
        abroad([.. tellings.Where(telling => !here.Contains(telling.To))]);
    }

    private void Deliver(Frame frame)
    {
        if (IsRepeated(frame))
        {
            Interlocked.Increment(ref repeated);
        }
        else if (actors.TryGetValue(frame.Intersection, out var actor))
        {
            TellOverdue(frame);
            newest.AddOrUpdate(frame.Intersection, frame.Second, (_, known) => Math.Max(known, frame.Second));
            TellForecasts(actor, frame.Second);
            Tell(actor, new IntersectionInput.FrameCame(frame));
        }
        else
        {
            Interlocked.Increment(ref lost);
        }
    }

    /// <summary>Whether it is the very frame that was the newest until now.</summary>
    private bool IsRepeated(Frame frame)
    {
        if (newestFrames.TryGetValue(frame.Intersection, out var known) && (known == frame || known.Second > frame.Second)) return known == frame;
        newestFrames[frame.Intersection] = frame;
        return false;
    }

    private void TellOverdue(Frame frame)
    {
        if (deadlines is null) return;
        lock (deadlines)
        {
            foreach (var (id, second) in deadlines.Hear(frame.Intersection, frame.Second))
            {
                if (actors.TryGetValue(id, out var actor)) Miss(actor, second);
            }
        }
    }

    private void Miss(IntersectionActor actor, long second)
    {
        TellForecasts(actor, second);
        Tell(actor, new IntersectionInput.FrameMissed(second));
    }

    private void TellForecasts(IntersectionActor actor, long second)
    {
        var forecasts = post.Take(actor.Index, second);
        if (!forecasts.IsEmpty) Tell(actor, new IntersectionInput.ForecastsCame(second, forecasts));
    }

    private void Tell(IntersectionActor actor, IntersectionInput input)
    {
        lock (gate) outstanding++;
        if (mailboxes.Tell(actor, input)) return;
        Interlocked.Increment(ref lost);
        Settle();
    }

    private void Settle()
    {
        TaskCompletionSource? done = null;
        lock (gate)
        {
            if (--outstanding == 0) (done, waiting) = (waiting, null);
        }

        done?.SetResult();
    }

    private void Fail(IntersectionActor actor, Exception e)
    {
        TaskCompletionSource? told;
        lock (gate)
        {
            failure ??= new ActorException($"intersection '{actor.Id}' stopped: {e.Message}", e);
            (told, waiting) = (waiting, null);
        }

        told?.SetException(failure);
    }

}

/// <summary>An actor that could not go on. The message is one line.</summary>
public sealed class ActorException(string message, Exception? inner) : Exception(message, inner);
