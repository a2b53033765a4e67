using System.Threading.Channels;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>One intersection: a bounded mailbox around a fold. Each frame is recorded, then believed, then decided on; the decision is
/// recorded, then sent. It knows no engine and no clock.</summary>
public sealed class IntersectionActor(IntersectionModel model, DecisionOptions options, IEventLog log, IFieldBus bus)
{
    /// <summary>Frames that may wait; at one a second, more than a minute of them.</summary>
    public const int MailboxCapacity = 64;

    private readonly Channel<Frame> mailbox = Channel.CreateBounded<Frame>(
        new BoundedChannelOptions(MailboxCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly LogStream inputs = new(log, StreamNames.Inputs(model.Signals.Id));
    private readonly LogStream events = new(log, StreamNames.Intersection(model.Signals.Id));
    private readonly IntersectionFold fold = new(new IntersectionOptimiser(model, options));

    public IntersectionId Id => model.Signals.Id;

    /// <summary>The digest over every decision so far; read it only when the actor rests.</summary>
    public DecisionDigest Digest => fold.Digest;

    /// <summary>Where the streams of this intersection end; read it only when the actor rests.</summary>
    public IEnumerable<EventLog.StreamEnd> Ends => new[] { inputs.End, events.End }.Where(end => end.Last >= 0);

    /// <summary>Puts a frame into the mailbox.</summary>
    /// <returns>False when it is full: the frame is lost, and the caller counts it.</returns>
    public bool Tell(Frame frame) => mailbox.Writer.TryWrite(frame);

    /// <summary>No more frames will come.</summary>
    public void Complete() => mailbox.Writer.TryComplete();

    /// <summary>Recovers from the log, then works until <see cref="Complete"/>.</summary>
    /// <param name="settled">Called after each frame has been dealt with.</param>
    public async Task RunAsync(Action settled, CancellationToken stop)
    {
        await RecoverAsync(stop);
        await foreach (var frame in mailbox.Reader.ReadAllAsync(stop))
        {
            await HandleAsync(frame, stop);
            settled();
        }
    }

    private async Task RecoverAsync(CancellationToken stop)
    {
        await foreach (var e in log.ReadAsync(inputs.Name, 0, stop))
        {
            if (e.Type == FrameCodec.EventType) fold.Apply(FrameCodec.Decode(Id, e.Payload), e.Revision);
        }

        await inputs.RecoverAsync(stop);
        await events.RecoverAsync(stop);
    }

    private async Task HandleAsync(Frame frame, CancellationToken stop)
    {
        var bytes = FrameCodec.Encode(frame);
        var revision = await inputs.AppendAsync([new(FrameCodec.EventType, bytes)], stop);
        var step = fold.Apply(FrameCodec.Decode(Id, bytes), revision);
        if (step.Events.Count > 0) await events.AppendAsync(step.Events, stop);
        if (step.DigestIsDue) await DigestAsync(stop);
        if (step.Decision is { } decision) await bus.PublishPlanAsync(decision.Plan, stop);
    }

    private async Task DigestAsync(CancellationToken stop)
    {
        await inputs.DigestAsync(stop);
        await events.DigestAsync(stop);
    }
}
