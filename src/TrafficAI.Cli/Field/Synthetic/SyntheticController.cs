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
        gate = new(new VirtualController(model.Signals, 0), boot, credentials.Configuration);
        traffic = new(model, (ulong)model.Intersection.Index);
        plans = new(city, model.Signals.Id, MessageKind.Plan);
        PlanTopic = plans.ToString();
        FrameTopic = (plans with { Kind = MessageKind.Frame }).ToString();
        PresenceTopic = (plans with { Kind = MessageKind.Presence }).ToString();
    }

    public string PlanTopic { get; }

    public string FrameTopic { get; }

    public string PresenceTopic { get; }

    /// <summary>The newest street second that a plan was taken for; −1 before the first.</summary>
    public long Answered { get; private set; } = -1;

    public byte[] Presence(Wire.Presence.Types.State state) => new Wire.Presence
    {
        State = state, Boot = gate.Boot, Firmware = "trafficai synthetic controller", Configuration = credentials.Configuration,
    }.ToByteArray();

    /// <summary>Moves on by a second and says what was shown and seen in it.</summary>
    public byte[] Tick()
    {
        gate.Step();
        var controller = gate.Controller;
        var second = controller.Second + 1;
        sentAt[second % SecondsKept] = Stopwatch.GetTimestamp();
        var shown = controller.State;
        return FrameWriter.Write(new(controller.Signals.Id, second, controller.Mode, shown, traffic.Next(shown)), gate.Boot).ToByteArray();
    }

    /// <summary>Takes an order.</summary>
    /// <param name="roundTrip">Since its base frame was sent, when the answer is true.</param>
    /// <returns>Whether it is the first plan on a frame, and was accepted.</returns>
    public bool TryTake(ReadOnlySpan<byte> payload, out TimeSpan roundTrip)
    {
        roundTrip = default;
        if (Seal.Open(credentials.Key.Span, plans, payload, out _) is not { } body || !WireReader.TryRead(MessageKind.Plan, body.Span, out var message, out _)) return false;
        var plan = (Wire.Plan)message;
        var second = (long)plan.BaseSequence;
        if (second <= Answered || gate.Take(plan) != Wire.Outcome.Accepted) return false;
        Answered = second;
        roundTrip = Stopwatch.GetElapsedTime(sentAt[second % SecondsKept]);
        return true;
    }
}
