using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>A controller's end of the field contract, around a virtual controller: what it says when, and what it answers. Whoever carries the
/// messages is elsewhere. Not thread-safe.</summary>
public sealed class ControllerEnd
{
    private readonly ControllerEndOptions options;
    private readonly VirtualController controller;
    private readonly ByteString checksum;
    private readonly OrderGate gate;
    private readonly FrameBacklog backlog;
    private readonly AlarmBoard alarms = new();
    private readonly PriorityDesk priorities = new();
    private long clockMovedMilliseconds;

    /// <param name="controller">Its street seconds are the sequences of its frames.</param>
    public ControllerEnd(ControllerEndOptions options, VirtualController controller)
    {
        (this.options, this.controller) = (options, controller);
        checksum = ConfigurationWriter.Checksum(options.Configuration);
        gate = new(controller, options.Boot, checksum, options.Epochs);
        backlog = new(options.BacklogFrames);
        Newest = controller.Second + 1;
    }

    public IntersectionId Intersection => controller.Signals.Id;

    /// <summary>Sequence of the newest frame; before the first one, of the one to come.</summary>
    public long Newest { get; private set; }

    /// <summary>What the broker is to say when the link breaks.</summary>
    public Said Will => Present(Wire.Presence.Types.State.Offline);

    /// <summary>The last message before an orderly end.</summary>
    public Said Goodbye => Present(Wire.Presence.Types.State.Shutdown);

    /// <summary>What it says when the link has come and it has subscribed: presence, configuration, standing alarms.</summary>
    public IReadOnlyList<Said> Connected() =>
        [Present(Wire.Presence.Types.State.Online), Said.Of(MessageKind.Configuration, options.Configuration), .. alarms.Standing().Select(Say)];

    /// <summary>What it says in a street second: alarms that have changed, what is left of an outage, the frame.</summary>
    /// <param name="frame">What it shows and sees; may come again.</param>
    /// <param name="isUp">Whether the link is there; without it the frame is kept for later.</param>
    public IReadOnlyList<Said> Second(Frame frame, bool isUp)
    {
        Newest = frame.Second;
        var changes = alarms.Look(controller, frame.Second).Select(Say).ToList();
        var said = Said.Of(MessageKind.Frame, Complete(FrameWriter.Write(frame, options.Boot)));
        if (!isUp)
        {
            Keep(said);
            return [];
        }

        if (backlog.Next() is { } left) changes.Add(Said.Of(MessageKind.Backlog, left));
        return [.. changes, said];
    }

    /// <summary>A frame that could not be sent goes with what is left of the outage.</summary>
    public void Keep(Said frame) => backlog.Keep((ulong)Newest, frame.Payload);

    /// <summary>Looks at what has come on a topic of its own.</summary>
    /// <param name="order">What is to be taken, if the answer is null.</param>
    /// <returns>The reply to what is refused at once. Null without an order: nothing is to be said, as to a retained message.</returns>
    public Said? Open(MessageKind kind, ReadOnlySpan<byte> payload, bool retained, out Order? order)
    {
        order = null;
        if (retained || !kind.IsOrder()) return null;
        var of = KindOf(kind);
        if (Seal.Open(options.Key.Span, new(options.City, Intersection, kind), payload, out var refusal) is not { } body
            || !WireReader.TryRead(kind, body.Span, out var message, out refusal))
        {
            alarms.Forged(Newest);
            return Answer(of, null, refusal!.Outcome, refusal.Text);
        }

        var head = HeadOf(message);
        if (gate.Judge(head) is { } other) return Answer(of, head, other);
        if (message is Wire.Plan plan && plan.BaseSequence > (ulong)Newest) return Answer(of, head, Wire.Outcome.UnknownBase);
        order = new(of, head, message);
        return null;
    }

    /// <summary>Takes an order, and says what became of it.</summary>
    public Said Take(Order order) => Answer(order.Kind, order.Head, order.Message switch
    {
        Wire.Plan plan => gate.Take(plan),
        Wire.ModeRequest request => gate.Take(request),
        Wire.PriorityAnswer answer => Hear(order, answer),
        Wire.TimeOrder time => SetClock(order, time),
        _ => throw new ArgumentException($"{order.Kind} is no order.", nameof(order)),
    });

    /// <summary>The same of a plan in our words.</summary>
    public Said Take(PhasePlan plan, out bool accepted)
    {
        var outcome = gate.Take(plan);
        accepted = outcome == Wire.Outcome.Accepted;
        return Answer(Wire.OrderKind.Plan, new() { Epoch = (ulong)plan.Epoch, Sequence = (ulong)plan.Sequence }, outcome);
    }

    /// <summary>A bus or an emergency vehicle asks for a group.</summary>
    /// <param name="number">Of the request.</param>
    public Said Ask(VehicleAsk ask, out uint number)
    {
        var request = priorities.Ask(ask);
        number = request.Request;
        return Say(request);
    }

    /// <summary>It asks no more.</summary>
    /// <returns>Null when the request had come to an end.</returns>
    public Said? Cancel(uint request) => priorities.Cancel(request) is { } cancelled ? Say(cancelled) : null;

    private Wire.Outcome Hear(Order order, Wire.PriorityAnswer answer)
    {
        var outcome = gate.Take(order.Kind, order.Head, () => priorities.Knows(answer.Request));
        if (outcome == Wire.Outcome.Accepted) priorities.Hear(answer);
        return outcome;
    }

    private Wire.Outcome SetClock(Order order, Wire.TimeOrder time)
    {
        var outcome = gate.Take(order.Kind, order.Head, () => true);
        if (outcome == Wire.Outcome.Accepted) clockMovedMilliseconds = time.UnixMilliseconds - options.WallClock();
        return outcome;
    }

    private Wire.Frame Complete(Wire.Frame frame)
    {
        frame.CycleSecond = (uint)controller.Signals.LocalPlan.CycleSecond(frame.Second);
        frame.Clock = Clock();
        if (controller.Held is { } held) frame.Plan = new() { Epoch = (ulong)held.Epoch, Sequence = (ulong)held.Sequence };
        return frame;
    }

    private Wire.WallClock Clock() =>
        new() { UnixMilliseconds = Math.Clamp(options.WallClock() + clockMovedMilliseconds, 0, (1L << 53) - 1), Quality = options.ClockQuality };

    private Said Present(Wire.Presence.Types.State state) => Said.Of(
        MessageKind.Presence, new Wire.Presence { State = state, Boot = options.Boot, Firmware = options.Firmware, Configuration = checksum, ContractMinor = WireLimits.ContractMinor });

    private Said Say(Wire.Alarm alarm)
    {
        (alarm.Boot, alarm.Sequence, alarm.Clock) = (options.Boot, (ulong)Newest, Clock());
        return Said.Of(MessageKind.Alarm, alarm);
    }

    private Said Say(Wire.PriorityRequest request)
    {
        (request.Boot, request.Sequence) = (options.Boot, (ulong)Newest);
        return Said.Of(MessageKind.PriorityRequest, request);
    }

    private Said Answer(Wire.OrderKind kind, Wire.OrderHead? head, Wire.Outcome outcome, string text = "") => Said.Of(MessageKind.Reply, new Wire.Reply
    {
        Boot = options.Boot, Sequence = (ulong)Newest, Kind = kind, Outcome = outcome, Text = Short(text),
        Order = head is null ? null : new() { Epoch = head.Epoch, Sequence = head.Sequence },
    });

    private static string Short(string text) => text.Length <= WireLimits.TextBytes / 4 ? text : text[..(WireLimits.TextBytes / 4)];

    private static Wire.OrderKind KindOf(MessageKind kind) => (Wire.OrderKind)(kind - MessageKind.Plan + 1);

    private static Wire.OrderHead HeadOf(IMessage message) => message switch
    {
        Wire.Plan plan => plan.Head,
        Wire.ModeRequest request => request.Head,
        Wire.PriorityAnswer answer => answer.Head,
        Wire.TimeOrder time => time.Head,
        _ => throw new ArgumentException("No order has this kind.", nameof(message)),
    };
}
