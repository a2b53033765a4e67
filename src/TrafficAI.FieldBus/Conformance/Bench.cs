using System.Security.Cryptography;
using Google.Protobuf;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>The controller has said nothing for too long.</summary>
internal sealed class SilenceException(string message) : Exception(message);

/// <summary>What stands in the way of the rest of a trial.</summary>
internal sealed class ObstacleException(string message) : Exception(message);

/// <summary>What the trials do with a controller: hear its frames, send orders, wait for replies.</summary>
internal sealed class Bench(IControllerBench at, ConformanceSettings settings, Transcript transcript, Findings findings)
{
    private const int ReplyFrames = 4;
    private static readonly TimeSpan ReplyTime = TimeSpan.FromSeconds(3);

    private readonly MessageListener listener = new(transcript, findings);
    private readonly Dictionary<MessageKind, ulong> sequences = [];
    private readonly Queue<Wire.Reply> replies = [];

    public ConformanceSettings Settings => settings;

    public Transcript Transcript => transcript;

    public Findings Findings => findings;

    public IntersectionSignals Signals { get; } = ConfigurationReader.Read(settings.Configuration);

    public ByteString Checksum { get; } = ConfigurationWriter.Checksum(settings.Configuration);

    /// <summary>The epoch that the kit orders with.</summary>
    public ulong Epoch { get; private set; } = 1;

    public Wire.Frame Newest => transcript.Newest ?? throw new InvalidOperationException("No frame has been heard.");

    public TimeSpan Now => at.Now;

    /// <summary>Orders that were sent one by one, and all replies that came since.</summary>
    public (int Orders, int Replies) Answered { get; private set; }

    /// <summary>The frame with which a priority request was heard, and the last one of its answers; 0 without one.</summary>
    public (ulong Boot, ulong Sequence) PriorityFrom { get; set; }

    public ulong PriorityTo { get; set; }

    /// <summary>The boot of the long outage, and the link after it; boot 0 without one.</summary>
    public (ulong Boot, int Link) Outage { get; set; }

    /// <summary>When the last reply was heard, and the sequence that it bears.</summary>
    public (TimeSpan At, ulong Sequence) LastReply { get; private set; }

    public bool Has(Hand hand) => at.Has(hand);

    public ValueTask<IReadOnlyList<Heard>> RetainedAsync(CancellationToken stop) => at.RetainedAsync(stop);

    /// <summary>The next epoch: orders of the one before are of an older server from now on.</summary>
    public void NextEpoch(ulong epoch)
    {
        Epoch = epoch;
        sequences.Clear();
    }

    /// <summary>Uses somebody's hands.</summary>
    public async ValueTask DoAsync(Hand hand, CancellationToken stop)
    {
        if (hand is Hand.Cut or Hand.Mend or Hand.Restart) transcript.Link++;
        await at.DoAsync(hand, stop);
    }

    /// <summary>The next frame that is published.</summary>
    /// <exception cref="SilenceException">None came.</exception>
    public async Task<Wire.Frame> FrameAsync(CancellationToken stop)
    {
        var since = at.Now;
        while (at.Now - since < settings.Patience)
            if (await HearAsync(settings.Patience, stop) is Wire.Frame frame) return frame;
        throw new SilenceException($"no frame came for {settings.Patience.TotalSeconds:0} s");
    }

    /// <summary>Lets frames pass.</summary>
    public async Task PassAsync(int count, CancellationToken stop)
    {
        for (var i = 0; i < count; i++) await FrameAsync(stop);
    }

    /// <summary>Lets frames pass until no reply has come for as long as one may take.</summary>
    public async Task QuietAsync(CancellationToken stop)
    {
        var since = at.Now;
        do await FrameAsync(stop);
        while (at.Now - since < ReplyTime || at.Now - LastReply.At < ReplyTime);
    }

    /// <summary>The first frame that is as wished, beginning with the newest; null when so many have passed without.</summary>
    public async Task<Wire.Frame?> UntilAsync(Func<Wire.Frame, bool> holds, int seconds, CancellationToken stop)
    {
        if (transcript.Newest is { } newest && holds(newest)) return newest;
        for (var i = 0; i < seconds; i++)
        {
            var frame = await FrameAsync(stop);
            if (holds(frame)) return frame;
        }

        return null;
    }

    /// <summary>The next message in our words, or null when none came in time, or one that cannot be read.</summary>
    public async Task<IMessage?> HearAsync(TimeSpan patience, CancellationToken stop)
    {
        if (await at.HearAsync(patience, stop) is not { } heard) return null;
        var message = Read(heard);
        if (message is not Wire.Reply reply) return message;
        replies.Enqueue(reply);
        LastReply = (at.Now, reply.Sequence);
        Answered = (Answered.Orders, Answered.Replies + 1);
        return message;
    }

    /// <summary>Reads a message into the transcript; null when it keeps no grammar.</summary>
    public IMessage? Read(Heard heard) => listener.Hear(heard);

    /// <summary>The head of the next order of a kind.</summary>
    public Wire.OrderHead Head(MessageKind kind)
    {
        var sequence = sequences[kind] = sequences.GetValueOrDefault(kind) + 1;
        return new() { Epoch = Epoch, Sequence = sequence, Boot = Newest.Boot, Configuration = Checksum };
    }

    /// <summary>A plan on the newest frame.</summary>
    /// <param name="entries">Phases with their planned seconds from that frame.</param>
    public Wire.Plan Plan(int lease, params (PhaseId Phase, int Planned)[] entries)
    {
        var plan = new Wire.Plan
        {
            Head = Head(MessageKind.Plan), BaseSequence = Newest.Sequence, BaseLamps = Newest.LampSequence, LeaseSeconds = (uint)lease, Decision = Newest.Sequence,
        };
        plan.Entries.Add(entries.Select(e => new Wire.PlanEntry { Phase = (uint)e.Phase.Number, Earliest = e.Planned, Planned = e.Planned, Latest = e.Planned + lease }));
        return plan;
    }

    /// <summary>The phase that runs or is being passed to.</summary>
    public PhaseId Target => new((int)(Newest.NextPhase != 0 ? Newest.NextPhase : Newest.Phase));

    public byte[] Sealed(MessageKind kind, IMessage order) => Seal.Close(settings.Key.Span, TopicOf(kind), order.ToByteArray());

    public Topic TopicOf(MessageKind kind) => new(settings.City, settings.Intersection, kind);

    /// <summary>Sends without waiting for an answer.</summary>
    public ValueTask ThrowAsync(MessageKind kind, byte[] payload, bool retain, CancellationToken stop) => at.PublishAsync(kind, payload, retain, stop);

    /// <summary>Sends an order; its reply, or null when none came in 3 s.</summary>
    public async Task<Wire.Reply?> AskAsync(MessageKind kind, byte[] payload, CancellationToken stop, bool retain = false)
    {
        replies.Clear();
        var (sent, frames, since) = ((Wire.OrderKind)(kind - MessageKind.Plan + 1), 0, at.Now);
        await at.PublishAsync(kind, payload, retain, stop);
        Answered = (Answered.Orders + 1, Answered.Replies);
        while (frames < ReplyFrames || at.Now - since < ReplyTime)
        {
            if (await HearAsync(settings.Patience, stop) is Wire.Frame) frames++;
            if (frames == 0 && at.Now - since > settings.Patience) throw new SilenceException($"no frame came for {settings.Patience.TotalSeconds:0} s after an order");
            while (replies.TryDequeue(out var reply))
                if (reply.Kind == sent) return reply;
        }

        return null;
    }

    /// <summary>Sends a plan, and remembers it when it was accepted.</summary>
    public async Task<Wire.Outcome?> SendAsync(Wire.Plan plan, CancellationToken stop)
    {
        var before = Newest.Sequence;
        var reply = await AskAsync(MessageKind.Plan, Sealed(MessageKind.Plan, plan), stop);
        Judge(reply, plan.Head, before);
        if (reply?.Outcome == Wire.Outcome.Accepted) transcript.Plans.Add(new(plan, reply.Sequence));
        return reply?.Outcome;
    }

    /// <summary>Sends an order of another kind.</summary>
    public async Task<Wire.Reply?> SendAsync(MessageKind kind, Wire.OrderHead head, IMessage order, CancellationToken stop)
    {
        var before = Newest.Sequence;
        var reply = await AskAsync(kind, Sealed(kind, order), stop);
        Judge(reply, head, before);
        return reply;
    }

    /// <summary>A random key that is not the controller's.</summary>
    public static byte[] OtherKey() => RandomNumberGenerator.GetBytes(Seal.KeyBytes);

    private void Judge(Wire.Reply? reply, Wire.OrderHead head, ulong before)
    {
        if (reply is null) return;
        findings.Check(
            "C-REPLY-03", reply.Order is { } name && name.Epoch == head.Epoch && name.Sequence == head.Sequence,
            $"to order {head.Epoch}/{head.Sequence} it replied naming {(reply.Order is { } named ? $"{named.Epoch}/{named.Sequence}" : "none")}");
        findings.Check(
            "C-REPLY-04", reply.Sequence >= before && reply.Sequence <= Newest.Sequence + 1,
            $"a reply between the frames {before} and {Newest.Sequence} bears {reply.Sequence}");
    }
}
