using System.Collections.Immutable;
using Google.Protobuf;
using TrafficAI.FieldBus.Conformance;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Conformance;

/// <summary>A good controller and its broker in one process, whose seconds pass as fast as the kit asks for them. A <see cref="Mutant"/> breaks it.</summary>
internal sealed class Double : IControllerBench
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Mutant mutant;
    private readonly Queue<Heard> toKit = new();
    private readonly Dictionary<string, Heard> standing = [];
    private readonly Dictionary<MessageKind, byte[]> standingOrders = [];
    private readonly IntersectionSignals signals;
    private readonly ImmutableArray<Detector> detectors;
    private readonly EpochInMemory epochs = new();
    private readonly long begin = 1_767_225_600_000;
    private bool isCut;
    private bool isUp;
    private uint request;

    public Double(Mutant mutant)
        : this(mutant, SignalsOf(Read(NetworkFile)), Read(NetworkFile).Intersections[0].Detectors)
    {
    }

    public Double(Mutant mutant, IntersectionSignals signals, ImmutableArray<Detector> detectors)
    {
        (this.mutant, this.signals, this.detectors) = (mutant, signals, detectors);
        Configuration = ConfigurationWriter.Write(signals, detectors);
        Controller = VirtualController.ColdStart(mutant.Inside(signals), 5000);
        End = NewEnd();
    }

    public static string NetworkFile { get; } = Path.Combine(VectorFiles.Checkout, "simulations", "four-arm", "four-arm.net.xml");

    public Wire.Configuration Configuration { get; }

    public VirtualController Controller { get; private set; }

    public ControllerEnd End { get; private set; }

    public ulong Boot { get; private set; } = 77;

    public TimeSpan Now { get; private set; }

    public ulong Epoch => epochs.Highest;

    /// <summary>Kinds of orders that have come, and how many.</summary>
    public HashSet<MessageKind> Heard { get; } = [];

    public ulong Orders { get; private set; }

    /// <summary>Orders that were refused before they could be read.</summary>
    public int BadOrders { get; private set; }

    public bool HasAsked => request > 0;

    public bool IsConnecting { get; private set; }

    public ConformanceSettings Settings => new()
    {
        City = "almaty", Intersection = signals.Id, Key = Vector.Key, Configuration = Configuration, OutageSeconds = 620,
    };

    public static RoadNetwork Read(string file) => NetworkReader.Read(File.ReadAllBytes(file), file);

    public static IntersectionSignals SignalsOf(RoadNetwork network) =>
        SignalsBuilder.Build(network, network.Intersections[0], ControlClass.Site, SignalProfile.Kz with { AllRedExtensionSeconds = 3 });

    public ValueTask PublishAsync(MessageKind kind, byte[] payload, bool retain, CancellationToken stop)
    {
        if (retain && payload.Length > 0) standingOrders[kind] = payload;
        else if (retain) standingOrders.Remove(kind);
        if (isUp) Deliver(kind, payload, retained: false);
        return ValueTask.CompletedTask;
    }

    public ValueTask<Heard?> HearAsync(TimeSpan patience, CancellationToken stop)
    {
        for (var end = Now + patience; toKit.Count == 0 && Now < end;) Tick();
        return new(toKit.TryDequeue(out var heard) ? heard : null);
    }

    public ValueTask<IReadOnlyList<Heard>> RetainedAsync(CancellationToken stop) =>
        new([.. standing.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value with { Retained = true })]);

    public bool Has(Hand hand) => true;

    public ValueTask DoAsync(Hand hand, CancellationToken stop)
    {
        if (hand == Hand.Cut) Cut();
        else if (hand == Hand.Mend) isCut = false;
        else if (hand == Hand.Restart) Restart();
        else if (hand == Hand.Fail) Controller.Fail();
        else if (hand == Hand.Release) Controller.Release();
        else Say(End.Ask(new(1 + request++, ObjectClass.Bus, 20, Persons: 45, LateSeconds: 120), out _));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static Topic TopicOf(MessageKind kind) => new("almaty", new("centre"), kind);

    /// <summary>Does with an order what a good controller does.</summary>
    public void Obey(MessageKind kind, byte[] payload, bool retained = false)
    {
        if (End.Open(kind, payload, retained, out var order) is { } refusal)
        {
            BadOrders++;
            Say(refusal);
        }

        if (order is not null) Say(End.Take(order));
    }

    /// <summary>Replies without doing anything.</summary>
    public void Answer(MessageKind kind, Wire.OrderHead? head, Wire.Outcome outcome) => Say(new(
        MessageKind.Reply,
        new Wire.Reply
        {
            Boot = Boot, Sequence = (ulong)End.Newest, Kind = (Wire.OrderKind)(kind - MessageKind.Plan + 1), Outcome = outcome,
            Order = head is null ? null : new() { Epoch = head.Epoch, Sequence = head.Sequence },
        }.ToByteArray(),
        kind == MessageKind.Plan ? 0 : 1, Retain: false));

    /// <summary>Forgets the plan that is held.</summary>
    public void ForgetIf(bool forgets)
    {
        if (!forgets || Controller.Mode is not (ControlMode.Plan or ControlMode.Local)) return;
        Controller.SwitchOff();
        Controller.SwitchOn();
    }

    /// <summary>Publishes it on a topic that the contract does not have, too.</summary>
    public IEnumerable<Said> AlsoElsewhere(Said said)
    {
        Publish(said, null);
        return [said];
    }

    /// <summary>Publishes what the mutant makes of a message.</summary>
    public void Say(Said said)
    {
        foreach (var spoilt in mutant.Says(this, said)) Publish(spoilt, spoilt.Kind);
    }

    /// <summary>Publishes as it is, on a topic of the contract or, with null, on another.</summary>
    public void Publish(Said said, MessageKind? kind)
    {
        var heard = new Heard(kind, said.Payload, said.Qos, Retained: false, Now);
        if (said.Retain) standing[kind?.ToString() ?? "other"] = heard;
        toKit.Enqueue(heard);
    }

    private void Tick()
    {
        Now += mutant.Beat(this, Beat);
        if (!isUp && !isCut && mutant.Reconnects(this)) Connect();
        Controller.Step();
        var frame = new Frame(signals.Id, Controller.Second + 1, Controller.Mode, Controller.State, Readings(), Controller.Violation);
        foreach (var said in End.Second(frame, isUp)) Say(said);
    }

    private DetectorReadings Readings() => new(
        Sensing.Full, [new(0, 40, 0, ObjectClass.Car, 3), new(0, 120, 80, ObjectClass.Bus, 4), new(1, 15, 0, ObjectClass.Car, 9)],
        [.. detectors.Select(d => d.Kind == DetectorKind.Exit ? new LoopReading(1, 200) : default)]);

    private void Connect()
    {
        isUp = true;
        IsConnecting = true;
        foreach (var said in End.Connected()) Say(said);
        IsConnecting = false;
        foreach (var (kind, payload) in standingOrders) Deliver(kind, payload, retained: !mutant.HeedsRetained);
    }

    private void Cut()
    {
        (isCut, isUp) = (true, false);
        Say(End.Will);
    }

    private void Restart()
    {
        if (isUp) Say(End.Will);
        isUp = false;
        if (!mutant.KeepsBoot) Boot++;
        if (mutant.ForgetsEpoch) epochs.TryKeep(0);
        Controller = VirtualController.ColdStart(mutant.Inside(signals), Controller.Second + 30);
        End = NewEnd();
    }

    private void Deliver(MessageKind kind, byte[] payload, bool retained)
    {
        Heard.Add(kind);
        Orders++;
        if (!mutant.Takes(this, kind, payload, retained)) Obey(kind, payload, retained);
    }

    private ControllerEnd NewEnd() => new(
        new()
        {
            City = "almaty", Key = Vector.Key, Configuration = Configuration, Boot = Boot, Epochs = epochs, BacklogFrames = mutant.BacklogFrames,
            WallClock = () => begin + (long)Now.TotalMilliseconds,
        },
        Controller);
}
