using System.Diagnostics;
using Google.Protobuf;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Optimisation;
using TrafficAI.Signals;
using Wire = TrafficAI.FieldBus.Wire;

namespace TrafficAI.Cli.Field.Synthetic;

/// <summary>A virtual controller of a made-up crossing, as the field contract wants it: frames out, plans in.</summary>
public sealed class SyntheticController
{
    private const int SecondsKept = 16;

    private readonly Credentials credentials;
    private readonly OrderGate gate;
    private readonly SyntheticTraffic traffic;
    private readonly Topic plans;
    private readonly long[] sentAt = new long[SecondsKept];

    /// <param name="boot">Not 0.</param>
    public SyntheticController(IntersectionModel model, Credentials credentials, string city, ulong boot)
    {
        this.credentials = credentials;
        gate = new(new VirtualController(model.Signals, 0), boot, credentials.Configuration, new EpochInMemory());
        traffic = new(model, (ulong)model.Intersection.Index);
        plans = new(city, model.Signals.Id, MessageKind.Plan);
        PlanTopic = plans.ToString();
        FrameTopic = (plans with { Kind = MessageKind.Frame }).ToString();
        ReplyTopic = (plans with { Kind = MessageKind.Reply }).ToString();
        PresenceTopic = (plans with { Kind = MessageKind.Presence }).ToString();
    }

    public string PlanTopic { get; }

    public string FrameTopic { get; }

    public string PresenceTopic { get; }

    public string ReplyTopic { get; }

    /// <summary>The newest street second that a plan was taken for; −1 before the first.</summary>
    public long Answered { get; private set; } = -1;

    public byte[] Presence(Wire.Presence.Types.State state) => new Wire.Presence
    {
        State = state, Boot = gate.Boot, Firmware = "trafficai synthetic controller", Configuration = credentials.Configuration,
    }.ToByteArray();

    /// <summary>Moves on by a second and says what was shown and seen in it.</summary>
    public byte[] Tick()
    {
        gate.Controller.Step();
        var controller = gate.Controller;
        var second = controller.Second + 1;
        sentAt[second % SecondsKept] = Stopwatch.GetTimestamp();
        var shown = controller.State;
        return FrameWriter.Write(new(controller.Signals.Id, second, controller.Mode, shown, traffic.Next(shown)), gate.Boot).ToByteArray();
    }

    /// <summary>Takes an order.</summary>
    /// <param name="roundTrip">Since its base frame was sent, if it is the first accepted plan on that frame; else null.</param>
    /// <returns>The reply; null when it is no plan with the seal of this controller's key.</returns>
    public byte[]? Take(ReadOnlySpan<byte> payload, out TimeSpan? roundTrip)
    {
        roundTrip = null;
        if (Seal.Open(credentials.Key.Span, plans, payload, out _) is not { } body || !WireReader.TryRead(MessageKind.Plan, body.Span, out var message, out _)) return null;
        var plan = (Wire.Plan)message;
        var outcome = gate.Take(plan);
        var second = (long)plan.BaseSequence;
        if (outcome == Wire.Outcome.Accepted && second > Answered)
        {
            Answered = second;
            roundTrip = Stopwatch.GetElapsedTime(sentAt[second % SecondsKept]);
        }

        return Reply(plan, outcome);
    }

    private byte[] Reply(Wire.Plan plan, Wire.Outcome outcome) => new Wire.Reply
    {
        Boot = gate.Boot, Sequence = (ulong)(gate.Controller.Second + 1), Kind = Wire.OrderKind.Plan, Outcome = outcome,
        Order = new() { Epoch = plan.Head.Epoch, Sequence = plan.Head.Sequence },
    }.ToByteArray();
}
