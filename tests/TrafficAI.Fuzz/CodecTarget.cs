using System.Collections.Immutable;
using System.Text.Json;
using TrafficAI.Cli;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Fuzz;

/// <summary>Recorded events of every type: decoded, shown, and believed by the fold of an intersection. The first byte of an input names the
/// type.</summary>
internal sealed class CodecTarget : IFuzzTarget
{
    private const long Second = 600;

    private static readonly IntersectionModel Model = Good.FourArmSite.Models[0] with
    {
        Inlets = [new(1, 0, 0, [new(0, true, 300, 25)]), new(1, 0, 1, [new(0, false, 300, 25), new(1, true, 300, 25)]), new(2, 0, 0, [new(2, false, 120, 10)])],
        Outlets = [new(0, 1, 0, [new(0, true, 200, 20)]), new(0, 2, 1, [new(0, true, 200, 20)])],
    };

    private static readonly ImmutableArray<SessionNote> Notes =
    [
        new ControllerCame("2026", "0f", "one", "00ff", true), new ControllerLeft("2026", "offline"), new BootBegun("2026", Second, "0f", 7), new FramesSkipped("2026", 1, 2),
        new MessagesCounted("2026", Second, 60, 0, 1, 0, 0), new MessageRefused("2026", null, "up/frame", "malformed", "no"), new QuarantineBegun("2026", null, "no"),
        new QuarantineEnded("2026", Second), new PlanRefused("2026", Second, 7, "stale", ""), new ClockShifted("2026", Second, 30_000, "free"),
        new AlarmReported("2026", null, "lamp", true, 1, "red"), new LatencyDiffered("2026", Second, 1, 0),
    ];

    /// <summary>Needs all of the fields above.</summary>
    private static readonly ImmutableArray<IntersectionEvent> Events = MakeEvents();

    public byte[] Make(Random chance)
    {
        var which = chance.Next(2) == 0 ? 0 : chance.Next(Events.Length);
        var payload = which == 0 && chance.Next(2) == 0 ? FrameCodec.Encode(OddFrame(chance)).ToArray() : Events[which].Payload.ToArray();
        payload = chance.Next(10) switch
        {
            0 => Mutation.Noise(200, chance),
            1 => Mutation.Length(payload, chance),
            2 or 3 => payload,
            _ => payload[0] == '{' && chance.Next(4) > 0 ? Mutation.JsonTokens(Good.Text(payload), chance) : Mutation.Bytes(payload, chance),
        };
        return [(byte)which, .. payload];
    }

    public bool Read(byte[] input)
    {
        if (input.Length == 0) return false;
        var (type, payload) = (Events[input[0] % Events.Length].Type, input.AsMemory(1));
        Show(type, payload);
        var said = EventTypes.Decode(new RecordedEvent("inputs-centre", 0, 0, type, Guid.Empty, payload));
        if (said is IntersectionInput)
            return Believe(InputCodec.Decode(Model.Signals.Id, type, payload), Good.Header.Options with { Strategy = input[^1] % 8 == 0 ? "adaptive" : "actuated" });
        if (type == RunHeader.EventType) return Believe(Frame(Second), RunHeader.Decode(payload).Options);
        if (said is RunEnded ended) return ended.Differences(new Dictionary<string, StreamEnd>()).ToList() is not null;
        return true;
    }

    public bool IsRefusal(Exception e) => e is RecordException;

    private static void Show(string type, ReadOnlyMemory<byte> payload)
    {
        var line = EventJsonView.Of(new RecordedEvent("inputs-centre", 0, 0, type, Guid.Empty, payload));
        if (line.Contains('\n', StringComparison.Ordinal)) throw new InvalidOperationException("an event is shown on more than one line");
        JsonDocument.Parse(line).Dispose();
        DifferenceView.Of(new Difference(Model.Signals.Id, 0, new(type, payload), Events.First(e => e.Type == IntersectionEvent.PhaseDecided)));
    }

    /// <summary>The fold takes it in, among good inputs; nothing in it may stumble.</summary>
    private static bool Believe(IntersectionInput input, DecisionOptions options)
    {
        var fold = new IntersectionFold(Model, options);
        IntersectionInput[] inputs = [Frame(Second - 1), input, Frame(Second + 1), new IntersectionInput.FrameMissed(Second + 2)];
        for (var i = 0; i < inputs.Length; i++)
            if (fold.Apply(inputs[i], i).Decision?.Failure is { } failure) throw new InvalidOperationException($"the strategy failed: {failure}");
        return fold.Refused == 0;
    }

    private static IntersectionInput.FrameCame Frame(long second)
    {
        var controller = new VirtualController(Model.Signals, second);
        return new(new Frame(Model.Signals.Id, second, controller.Mode, controller.State, DetectorReadings.Nothing(Sensing.Full, Model.Intersection.Detectors.Length)));
    }

    /// <summary>A frame that is encoded as it should be, with values that no controller would send.</summary>
    private static Frame OddFrame(Random chance)
    {
        var frame = Frame(Second).Frame;
        var lanes = Model.Intersection.ObservedLanes.Length + (chance.Next(8) == 0 ? 3 : 0);
        var objects = Enumerable.Range(0, chance.Next(40)).Select(_ => new TrackedObject(
            (ushort)chance.Next(lanes), (ushort)Odd(chance, 2000), (ushort)Odd(chance, 300), (ObjectClass)chance.Next(7), (uint)Odd(chance, 20))).OrderBy(o => o.Lane);
        var loops = frame.Readings.Loops.Select(_ => chance.Next(3) == 0 ? new LoopReading((byte)Odd(chance, 3), (ushort)Odd(chance, 1000)) : default);
        var signals = frame.Signals with
        {
            Phase = new(chance.Next(8) == 0 ? chance.Next(1, 20) : chance.Next(1, 5)),
            Next = chance.Next(2) == 0 ? null : new(chance.Next(1, 6)),
            Elapsed = Odd(chance, 12),
            Lamps = [.. frame.Signals.Lamps.Select(lamp => chance.Next(4) == 0 ? (Lamp)chance.Next(chance.Next(20) == 0 ? 16 : 7) : lamp)],
            LampSeconds = [.. frame.Signals.LampSeconds.Select(seconds => chance.Next(4) == 0 ? Odd(chance, 100) : seconds)],
        };
        return frame with
        {
            Mode = (ControlMode)chance.Next(chance.Next(8) == 0 ? 256 : 4), Signals = signals, Violation = OddViolation(chance),
            Readings = new((Sensing)chance.Next(chance.Next(8) == 0 ? 256 : 2), [.. objects], [.. loops]),
        };
    }

    private static Violation? OddViolation(Random chance) => chance.Next(3) > 0
        ? null
        : new(Odd(chance, (int)Second), (SafetyRule)chance.Next(chance.Next(8) == 0 ? 256 : 6), chance.Next(14), chance.Next(-1, 14), new string('x', chance.Next(300)));

    private static int Odd(Random chance, int usual) => chance.Next(10) == 0 ? chance.Next(int.MaxValue) : chance.Next(usual + 1);

    private static ImmutableArray<IntersectionEvent> MakeEvents()
    {
        var frame = Frame(Second).Frame;
        var violation = new Violation(Second, SafetyRule.ShortIntergreen, 1, 0, "group 1 was too early");
        var inFault = frame with { Mode = ControlMode.Fault, Violation = violation };
        var decision = new IntersectionOptimiser(Model, Good.Header.Options).Decide(frame, 1)!;
        var failed = decision.Copy();
        failed.Failure = "none";
        ImmutableArray<IntersectionEvent> events =
        [
            new(FrameCodec.EventType, FrameCodec.Encode(frame)), InputCodec.Encode(new IntersectionInput.FrameMissed(Second)),
            InputCodec.Encode(new IntersectionInput.ForecastsCame(Second, [new(1, Second - 1, [new(5), new(127)]), new(2, Second - 2, [new(0)])])),
            InputCodec.Encode(new IntersectionInput.ForecastsCame(Second, [new(1, Second - 1, [new(5, [0, 100, 25]), new(127)])])),
            InputCodec.Encode(new IntersectionInput.ForecastsCame(Second, [new(1, Second - 1, [new(5, [0, 100, 25]), new(127)], 100), new(2, Second - 2, [new(0)])])),
            new(RunHeader.EventType, (Good.Header with { Metering = "30:150" }).Encode()), new(RunEnded.EventType, new RunEnded(3600, [new("inputs-centre", 59, "00ff")]).Encode()),
            new(SiteRecord.SignalsEventType, Good.Signals), new(StreamDigested.EventType, new StreamDigested(0, "00ff").Encode()),
            IntersectionEvent.Decided(decision), IntersectionEvent.Failed(failed), IntersectionEvent.Lamps(frame),
            IntersectionEvent.Mode(Second, ControlMode.Off), IntersectionEvent.Refused(Second, 1, "it is late"), IntersectionEvent.Digested(Second, 60, "00ff"),
            IntersectionEvent.DigestedFromFirst(Second, 60, "00ff"), IntersectionEvent.Violated(1, violation, Witness.Controller, frame.Signals),
            IntersectionEvent.HealthChanged(Second, 1, "north_1/stop", new(DetectorCondition.Silent, "no change for 90 s")),
            IntersectionEvent.LevelChanged(Second, 1, ControlLevel.Sensed, new(ControlLevel.Plan, new("3 of 3 lanes blind"))),
            IntersectionEvent.Found(Second, 1, "north_1", "the first vehicle stands"), IntersectionEvent.IncidentOver(Second, 1, "north_1"),
            IntersectionEvent.Gate(Second, 1, ["north_1"], new([0], true, 40, 300, 90, "the region is too full")), IntersectionEvent.Gate(Second, 1, ["north_1"], new([0], false, 40, 300, 160, "its queue is long")),
            new(FrameCodec.ViolationType, FrameCodec.Encode(inFault)), InputCodec.Encode(new IntersectionInput.RunEnded(Second)), new(SiteRecord.NetworkEventType, Good.Signals), new(SiteRecord.PlansEventType, Good.Signals),
            IntersectionEvent.Learned(new(Second, 1, [new("north_1", 1.8, 0.4, 512, 8, [new("south_1", 1, 0)])], [new(2, 31, 2, 0.8)])),
            new(ServerStarted.EventType, new ServerStarted("0.1", 3).Encode()), InputCodec.Encode(new IntersectionInput.PlanningHeld(Second, "another server")),
            InputCodec.Encode(new IntersectionInput.PlanningResumed(Second)), InputCodec.Encode(new IntersectionInput.BacklogCame(Second, [Frame(Second - 30).Frame, frame])),
            InputCodec.Encode(new IntersectionInput.PriorityAsked(Second, new(0x0f, 3, 1, ObjectClass.Emergency, Second + 20, false))),
            IntersectionEvent.Answered(Second, 1, new(0x0f, 3, PriorityProgress.Queued, "it runs")),
            new(ControlUsed.EventType, EventTypes.Encode(ControlUsed.EventType, new ControlUsed("2026-01-01T00:00:00.000Z", "aigerim", "operator", "override", "A0", "done", "a crash"))), .. Notes.Select(SessionEvents.Of),
        ];
        var missing = EventTypes.All.Except(events.Select(e => e.Type)).ToList();
        return missing.Count == 0 ? events : throw new InvalidOperationException($"no example of {string.Join(", ", missing)}");
    }
}
