using Google.Protobuf;
using TrafficAI.FieldBus.Wire;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>One good message of every kind, of one intersection: two vehicle groups that conflict and a crossing.</summary>
internal static class Examples
{
    public const ulong Boot = 0x5eed_0000_c0ff_ee01;

    public static Configuration Configuration()
    {
        var configuration = new Configuration
        {
            Intersection = "abay-dostyk",
            LocalPlan = new() { CycleSeconds = 40, OffsetSeconds = 5, Steps = { Step(1, 0), Step(2, 20) } },
            DecisionInterval = 1,
            Start = Sequence((3, "AAR"), (4, "RRR")),
        };
        configuration.Groups.Add([Vehicle(), Vehicle(), new() { Kind = GroupKind.Pedestrian, MinimumGreen = 9, FlashingGreen = 3 }]);
        configuration.Conflicts.Add(Matrix("NFN", "FNF", "NFN").Select(c => c == 'F' ? Conflict.Full : Conflict.None));
        configuration.Intergreens.Add([0, 5, 0, 5, 0, 4, 0, 4, 0]);
        configuration.Phases.Add([Phase("GRG", (3, "GRf"), (3, "ARR"), (4, "RRR")), Phase("RGR", (3, "RAR"), (4, "RRR"))]);
        configuration.Passages.Add([Sequence(), Sequence((3, "GRf"), (3, "ARR"), (1, "RRR"), (1, "RuR")), Sequence((3, "RAR"), (1, "RRR"), (1, "uRR")), Sequence()]);
        configuration.Flashing.Add(Lamps("oo-"));
        configuration.Dark.Add(Lamps("---"));
        configuration.Detectors.Add([Detector("abay_0/stop", DetectorKind.Stop), Detector("dostyk_0/stop", DetectorKind.Stop), Detector("abay_0/advance", DetectorKind.Advance), Detector("button/1", DetectorKind.PushButton)]);
        return configuration;
    }

    /// <summary>A configuration whose sequences last so long together, in steps that are as long as they may be.</summary>
    public static Configuration Lasting(int seconds)
    {
        var configuration = Configuration();
        var given = configuration.Passages.Concat(configuration.Phases.Select(phase => phase.Closing)).Append(configuration.Start).Sum(s => s.Steps.Sum(step => (int)step.Seconds));
        for (var left = seconds - given; left > 0; left -= 600)
        {
            var passage = configuration.Passages.First(sequence => sequence.Steps.Count < WireLimits.SequenceSteps);
            passage.Steps.Add(new LampStep { Seconds = (uint)Math.Min(left, 600), Lamps = { Lamps("RRR") } });
        }

        return configuration;
    }

    public static ByteString Checksum { get; } = ConfigurationWriter.Checksum(Configuration());

    public static Presence Presence(Presence.Types.State state = Wire.Presence.Types.State.Online) => new()
    {
        State = state, Boot = Boot, Firmware = "reference 1.0", Configuration = Checksum,
    };

    public static Wire.Frame LoopFrame() => new()
    {
        Boot = Boot, Sequence = 70_000, Second = 3_605, Mode = Wire.ControlMode.Plan, Phase = 1, Elapsed = 12, LampSequence = 431,
        Lamps = { Lamps("GRG") }, LampSeconds = { 12, 17, 12 }, Sensing = Wire.Sensing.Loops,
        Detectors =
        {
            new DetectorReading { Validity = Validity.Valid, Count = 1, OccupancyPermille = 430 }, new DetectorReading { Validity = Validity.Valid },
            new DetectorReading { Validity = Validity.NoData }, new DetectorReading { Validity = Validity.Faulty },
        },
        Actuations = { new Actuation { Detector = 1, On = true, Milliseconds = 120 }, new Actuation { Detector = 1, Milliseconds = 550 } },
        Calls = { new Call { Group = 2, WaitingSeconds = 14 } },
        Clock = new() { UnixMilliseconds = 1_767_229_205_000, Quality = ClockQuality.Synchronised },
        Plan = new() { Epoch = 7, Sequence = 3_604 },
        CycleSecond = 0,
    };

    public static Wire.Frame ObjectFrame() => new()
    {
        Boot = Boot, Sequence = 70_001, Second = 3_606, Mode = Wire.ControlMode.Plan, Phase = 1, NextPhase = 2, Elapsed = 1, LampSequence = 432,
        Lamps = { Lamps("GRf") }, LampSeconds = { 13, 18, 13 }, Sensing = Wire.Sensing.Objects,
        Objects =
        {
            new TrackedObject { Lane = 0, DistanceDecimetres = 0, SpeedDecimetresPerSecond = 0, Class = Wire.ObjectClass.Car, Track = 17 },
            new TrackedObject { Lane = 1, DistanceDecimetres = 1_993, SpeedDecimetresPerSecond = 139, Class = Wire.ObjectClass.Bus, Track = 4_000_000_000 },
        },
        Detectors = { Enumerable.Range(0, 4).Select(_ => new DetectorReading { Validity = Validity.NoData }) },
        CycleSecond = 1,
    };

    public static Wire.Frame FaultFrame()
    {
        var frame = LoopFrame();
        frame.Mode = Wire.ControlMode.Fault;
        frame.Lamps.Clear();
        frame.Lamps.Add(Lamps("oo-"));
        frame.Violation = new() { Rule = Wire.SafetyRule.ShortIntergreen, Group = 1, OtherGroup = 2, SecondsAgo = 3, Text = "group 2 became green 4 s after the end of group 1; it needs 5 s" };
        frame.Plan = null;
        return frame;
    }

    public static Alarm Alarm() => new()
    {
        Boot = Boot, Sequence = 70_000, Kind = Wire.Alarm.Types.Kind.Detector, Active = true, Component = 4, Text = "abay_0/advance: no change for 10 min",
        Clock = new() { UnixMilliseconds = 1_767_229_205_000, Quality = ClockQuality.Holdover },
    };

    public static PriorityRequest PriorityRequest() => new()
    {
        Boot = Boot, Sequence = 70_000, Request = 12, Group = 2, Class = Wire.ObjectClass.Bus, ArrivesInSeconds = 18, State = PriorityState.Requested,
    };

    public static Reply Reply() => new()
    {
        Boot = Boot, Sequence = 70_001, Kind = OrderKind.Plan, Order = new() { Epoch = 7, Sequence = 3_603 }, Outcome = Outcome.Stale, Text = "plan 3604 is held",
    };

    public static Backlog Backlog() => new() { Frames = { LoopFrame().ToByteString(), ObjectFrame().ToByteString() }, Done = true };

    public static Plan Plan() => new()
    {
        Head = Head(3_605), BaseSequence = 70_001, BaseLamps = 432, LeaseSeconds = 30, CommittedUntil = 9, Decision = 3_640,
        Entries =
        {
            new Wire.PlanEntry { Phase = 2, Earliest = 0, Planned = 0, Latest = 30 },
            new Wire.PlanEntry { Phase = 1, Earliest = 1, Planned = 21, Latest = 30 },
        },
    };

    public static ModeRequest Mode() => new() { Head = Head(1), Wish = ModeRequest.Types.Wish.Off, Reason = "жөндеу: lamp head 3 is being replaced", ExpiresAfterSeconds = 1_800 };

    public static PriorityAnswer PriorityAnswer() => new() { Head = Head(1), Request = 12, State = PriorityState.Activated };

    public static TimeOrder Time() => new() { Head = Head(1), UnixMilliseconds = 1_767_229_206_000 };

    /// <summary>A copy with a change.</summary>
    public static T With<T>(this T message, Action<T> change)
        where T : IDeepCloneable<T>
    {
        var copy = message.Clone();
        change(copy);
        return copy;
    }

    private static OrderHead Head(ulong sequence) => new() { Epoch = 7, Sequence = sequence, Boot = Boot, Configuration = Checksum };

    private static SignalGroup Vehicle() => new() { Kind = GroupKind.Vehicle, MinimumGreen = 7, Amber = 3, RedAfter = 3 };

    private static Phase Phase(string lamps, params (uint Seconds, string Lamps)[] closing) =>
        new() { Lamps = { Lamps(lamps) }, MinimumSeconds = 7, Closing = Sequence(closing) };

    private static PlanStep Step(uint phase, uint start) => new() { Phase = phase, Start = start };

    private static Detector Detector(string id, DetectorKind kind) => new() { Id = id, Kind = kind };

    private static IEnumerable<char> Matrix(params string[] rows) => rows.SelectMany(row => row);

    public static LampSequence Sequence(params (uint Seconds, string Lamps)[] steps) =>
        new() { Steps = { steps.Select(step => new LampStep { Seconds = step.Seconds, Lamps = { Lamps(step.Lamps) } }) } };

    private static IEnumerable<Lamp> Lamps(string letters) => letters.Select(letter => (Lamp)("-RuGfAo".IndexOf(letter, StringComparison.Ordinal) + 1));
}
