using System.Collections.Immutable;
using Google.Protobuf;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>A server's end of the session with one controller, without a broker.</summary>
public sealed partial class SessionTests
{
    private const ulong Boot = Examples.Boot;
    private static readonly IntersectionId Id = new("abay-dostyk");
    private static readonly IntersectionId B = new("B");
    private static readonly IntersectionId C = new("C");

    private readonly ManualTime time = new();
    private readonly List<SessionNote> notes = [];
    private readonly List<string?> holds = [];
    private readonly List<PriorityRequest> asked = [];
    private readonly List<Frame> delivered = [];
    private readonly List<(Topic Topic, byte[] Payload)> sent = [];
    private readonly List<ImmutableArray<Frame>> backlogs = [];
    private ServerSessions sessions;

    public SessionTests() => sessions = Open(KnownController.None);

    [Fact]
    public void A_controller_comes_boots_and_goes()
    {
        Take(MessageKind.Presence, Examples.Presence());
        Take(MessageKind.Presence, Examples.Presence());
        Frame(10, 500);
        Take(MessageKind.Presence, Examples.Presence(Wire.Presence.Types.State.Offline));
        Assert.Equal(
            ["2026-09-15T00:00:00Z", "2026-09-15T00:00:00Z", "2026-09-15T00:00:00Z"], notes.Select(n => n.Received));
        Assert.True(((ControllerCame)notes[0]).IsOurs);
        Assert.Equal((500, "5eed0000c0ffee01", 10), (((BootBegun)notes[1]).Second, ((BootBegun)notes[1]).Boot, ((BootBegun)notes[1]).Sequence));
        Assert.Equal("offline", ((ControllerLeft)notes[2]).How);
        Assert.Empty(holds);
    }

    [Fact]
    public void After_a_restart_the_count_of_the_boot_goes_on_whatever_the_frames_name()
    {
        sessions = Open(new([new(7, -300), new(Boot, 490)], 502));
        Take(MessageKind.Presence, Examples.Presence());
        Frame(15, 9_999_999);
        Assert.Equal(505, Assert.Single(delivered).Second);
        Assert.Equal((503, 504), (Assert.Single(notes.OfType<FramesSkipped>()).From, Assert.Single(notes.OfType<FramesSkipped>()).To));
        Assert.Empty(notes.OfType<BootBegun>());
    }

    [Fact]
    public void A_plan_that_was_recovered_is_the_answer_when_its_frame_comes_again()
    {
        sessions = Open(new([new(Boot, 490)], 502));
        sessions.Recover(Plan(502, 44));
        Take(MessageKind.Presence, Examples.Presence());
        Assert.Empty(sent);
        Frame(12, 502);
        Frame(12, 502);
        Assert.Empty(delivered);
        Assert.Equal([44UL, 44], sent.Select(Opened).Select(plan => plan.Head.Sequence));
        Assert.All(sent.Select(Opened), plan => Assert.Equal((5UL, 12UL), (plan.Head.Epoch, plan.BaseSequence)));
    }

    [Fact]
    public void Another_configuration_holds_the_planning_until_it_is_ours()
    {
        var other = Examples.Presence();
        other.Configuration = ByteString.CopyFrom(new byte[32]);
        Take(MessageKind.Presence, other);
        Frame(10, 500);
        Assert.Null(sessions.Order(Plan(500, 1)));
        Assert.Contains("checksum 00000000, and ours", Assert.Single(holds), StringComparison.Ordinal);
        Take(MessageKind.Presence, Examples.Presence());
        Assert.Null(holds[1]);
        Assert.NotNull(sessions.Order(Plan(500, 2)));
    }

    [Fact]
    public void Nonsense_puts_in_quarantine_and_sixty_seconds_without_any_let_out()
    {
        Start();
        for (var i = 0; i < Quarantine.Refusals; i++)
        {
            Assert.Empty(holds);
            sessions.Refuse(new("almaty", Id, MessageKind.Frame), new(Wire.Outcome.Malformed, "its boot is 0"));
        }

        Assert.Contains("nonsense", Assert.Single(holds), StringComparison.Ordinal);
        Assert.Equal(Quarantine.Refusals, notes.OfType<MessageRefused>().Count());
        Assert.Contains("its boot is 0", Assert.Single(notes.OfType<QuarantineBegun>()).Reason, StringComparison.Ordinal);
        for (ulong i = 1; i <= 30; i++) Frame(10 + i, 0);
        sessions.Refuse(new("almaty", Id, MessageKind.Frame), new(Wire.Outcome.Malformed, "its boot is 0"));
        for (ulong i = 31; i <= 89; i++) Frame(10 + i, 0);
        Assert.Single(holds);
        Assert.Null(sessions.Order(Plan(589, 1)));
        Frame(100, 0);
        Assert.Equal((2, null), (holds.Count, holds[^1]));
        Assert.Single(notes.OfType<QuarantineEnded>());
        Assert.NotNull(sessions.Order(Plan(590, 2)));
        Assert.Equal(Quarantine.Refusals, notes.OfType<MessageRefused>().Count());
    }

    [Fact]
    public void Ten_refusals_spread_over_minutes_are_no_nonsense()
    {
        Start();
        for (ulong i = 1; i < 300; i++)
        {
            Frame(10 + i, 0);
            if (i % 7 == 0) sessions.Refuse(new("almaty", Id, MessageKind.Frame), new(Wire.Outcome.Malformed, "no"));
        }

        Assert.Empty(holds);
    }

    [Theory]
    [InlineData(6, 1, "plan 1 of epoch 6")]
    [InlineData(5, 99, "plan 99 of epoch 5")]
    public void Whoever_holds_a_plan_of_another_server_is_not_planned_for(ulong epoch, ulong sequence, string part)
    {
        Start();
        Order(500, 7);
        Frame(11, 0, held: (5, 7));
        Assert.Empty(holds);
        Frame(12, 0, held: (epoch, sequence));
        Assert.Contains(part, Assert.Single(holds), StringComparison.Ordinal);
        Frame(13, 0, held: (5, 7));
        Assert.Null(sessions.Order(Plan(503, 8)));
        Assert.Single(holds);
    }

    [Fact]
    public void A_reply_that_calls_the_epoch_older_ends_the_planning()
    {
        Start();
        Order(500, 7);
        Reply(7, Wire.Outcome.OlderEpoch, epoch: 4);
        Assert.Empty(holds);
        Reply(7, Wire.Outcome.OlderEpoch);
        Assert.Contains("epoch 5", Assert.Single(holds), StringComparison.Ordinal);
        Assert.Equal("older-epoch", Assert.Single(notes.OfType<PlanRefused>()).Outcome);
        Assert.Null(sessions.Order(Plan(500, 8)));
    }

    [Fact]
    public void A_plan_without_a_reply_is_sent_again_while_it_is_the_newest_and_its_lease_holds()
    {
        Start();
        Order(500, 1);
        Pass(5_000);
        Assert.Empty(sent);
        Reply(1, Wire.Outcome.Accepted);
        var first = Order(500, 2);
        Pass(900);
        Assert.Empty(sent);
        Pass(200);
        Assert.Equal(first, Assert.Single(sent).Payload);
        Pass(1_000);
        Pass(1_000);
        Pass(1_000);
        Assert.Equal(PlanWatch.Repeats, sent.Count);

        Order(500, 3);
        Frame(10 + 30, 0);
        Pass(1_500);
        Assert.Equal(PlanWatch.Repeats, sent.Count);
        for (ulong i = 41; i < 80; i++) Frame(i, 0);
        Pass(3_000);
        for (ulong i = 80; i < 140; i++) Frame(i, 0);
        Assert.Equal((3, 2), ((int)notes.OfType<MessagesCounted>().Sum(n => n.Unanswered), (int)notes.OfType<MessagesCounted>().Sum(n => n.Resent)));
    }

    [Fact]
    public void Refusals_of_plans_are_noted_when_they_change()
    {
        Start();
        foreach (var (sequence, outcome) in new[] { (1, Wire.Outcome.Fault), (2, Wire.Outcome.Fault), (3, Wire.Outcome.Off), (4, Wire.Outcome.Accepted), (5, Wire.Outcome.Off) })
        {
            Order(500, sequence);
            Reply((ulong)sequence, outcome);
        }

        Assert.Equal([(1L, "fault"), (3, "off"), (5, "off")], notes.OfType<PlanRefused>().Select(n => (n.Sequence, n.Outcome)));
    }

    [Fact]
    public void A_clock_that_moves_is_noted_and_moves_nothing()
    {
        Start();
        Frame(11, 0, ahead: 400);
        Frame(12, 0, ahead: 30_000);
        Frame(13, 0, ahead: 30_900);
        Frame(14, 0, ahead: -100);
        Assert.Equal([30_000L, -100], notes.OfType<ClockShifted>().Select(n => n.AheadMilliseconds));
        Assert.Equal([500L, 501, 502, 503, 504], delivered.Select(frame => frame.Second));
    }

    [Fact]
    public void A_clock_that_is_wrong_at_the_first_frame_does_not_part_a_controller_from_the_street()
    {
        Start();
        FrameOf(B, 77, 7_000, 530);
        FrameOf(C, 78, 9_000, 499);
        FrameOf(B, 79, 1, 8_000);
        Assert.Equal([500L, 500, 499, 501], delivered.Select(frame => frame.Second));
        time.Now += TimeSpan.FromSeconds(60);
        FrameOf(C, 80, 1, 561);
        Assert.Equal(561, delivered[^1].Second);
    }

    [Fact]
    public void A_latency_that_is_longer_than_ours_is_noted_once()
    {
        Start();
        for (ulong i = 11; i < 200; i++)
        {
            Order((long)i + 489, (long)i);
            Frame(i, 0, held: (5, i < 100 ? i : i - 1));
        }

        Assert.Empty(notes.OfType<LatencyDiffered>());
        for (ulong i = 200; i < 300; i++)
        {
            Order((long)i + 489, (long)i);
            Frame(i, 0, held: (5, i - 2));
        }

        var noted = Assert.Single(notes.OfType<LatencyDiffered>());
        Assert.Equal((1, 2), (noted.OursSeconds, noted.TheirsSeconds));
    }

    [Fact]
    public void Alarms_and_frames_of_an_outage_get_the_seconds_of_their_boot()
    {
        sessions = Open(new([new(7, -300), new(Boot, 490)], 502));
        Start();
        var kept = new[] { (7UL, 700UL), (Boot, 6UL), (9UL, 1UL) }.Select(k => ObjectFrame(k.Item1, k.Item2, 0).ToByteString());
        var refusal = Give(MessageKind.Backlog, new Wire.Backlog { Frames = { kept } });
        Assert.Equal([400L, 496], Assert.Single(backlogs).Select(frame => frame.Second));
        Assert.Equal(Wire.Outcome.OtherBoot, refusal!.Outcome);

        var alarm = Examples.Alarm();
        alarm.Sequence = 5;
        Take(MessageKind.Alarm, alarm);
        var reported = Assert.Single(notes.OfType<AlarmReported>());
        Assert.Equal((495L, "detector", true, 4), (reported.Second, reported.Kind, reported.Active, reported.Component));
    }

    [Fact]
    public void What_comes_twice_in_a_row_is_counted()
    {
        Start();
        for (ulong i = 11; i < 75; i++)
        {
            Frame(i, 0);
            if (i % 10 == 0) Frame(i, 0);
        }

        Assert.Equal((60, 5), ((int)Assert.Single(notes.OfType<MessagesCounted>()).Frames, (int)Assert.Single(notes.OfType<MessagesCounted>()).Repeated));
    }

    private static PhasePlan Plan(long basedOn, long sequence) =>
        new(Id, basedOn, 431, 5, sequence, 30, basedOn, sequence, [new(new(1), basedOn, basedOn, basedOn + 30)]);

    private static Wire.Frame ObjectFrame(ulong boot, ulong sequence, long second)
    {
        var frame = Examples.ObjectFrame();
        (frame.Boot, frame.Sequence, frame.Second) = (boot, sequence, second);
        return frame;
    }

    private static Wire.Plan Opened((Topic Topic, byte[] Payload) order) =>
        Wire.Plan.Parser.ParseFrom(Seal.Open(Vector.Key, order.Topic, order.Payload, out _) ?? throw new InvalidOperationException("It is forged."));

    private ServerSessions Open(KnownController known)
    {
        var opened = new ServerSessions(
            new()
            {
                Address = MqttAddress.Parse("mqtt://nowhere/almaty"),
                Controllers = new[] { Id, B, C }.ToImmutableDictionary(id => id, _ => new Credentials(Vector.Key, Examples.Checksum)),
                Epoch = 5,
                Known = ImmutableDictionary<IntersectionId, KnownController>.Empty.Add(Id, known),
                Time = time,
            },
            frame =>
            {
                delivered.Add(frame);
                return true;
            },
            (topic, payload) => sent.Add((topic, payload)));
        opened.Noted += (_, note) => notes.Add(note);
        opened.PriorityAsked += (_, request) => asked.Add(request);
        opened.HoldChanged += (_, reason) => holds.Add(reason);
        opened.BacklogCame += (_, frames) => backlogs.Add(frames);
        return opened;
    }

    private void Start()
    {
        Take(MessageKind.Presence, Examples.Presence());
        Frame(10, 500);
    }

    private byte[] Order(long basedOn, long sequence) => sessions.Order(Plan(basedOn, sequence))!.Value.Payload;

    private void Reply(ulong sequence, Wire.Outcome outcome, ulong epoch = 5) => Take(
        MessageKind.Reply, new Wire.Reply { Boot = Boot, Sequence = 1, Kind = Wire.OrderKind.Plan, Order = new() { Epoch = epoch, Sequence = sequence }, Outcome = outcome });

    private void Frame(ulong sequence, long second, (ulong Epoch, ulong Sequence)? held = null, long? ahead = null)
    {
        var frame = ObjectFrame(Boot, sequence, second);
        if (held is var (epoch, plan)) frame.Plan = new() { Epoch = epoch, Sequence = plan };
        if (ahead is { } milliseconds) frame.Clock = new() { UnixMilliseconds = time.GetUtcNow().ToUnixTimeMilliseconds() + milliseconds, Quality = Wire.ClockQuality.Free };
        Take(MessageKind.Frame, frame);
    }

    private void FrameOf(IntersectionId id, ulong boot, ulong sequence, long second) =>
        Assert.Null(sessions.Take(new("almaty", id, MessageKind.Frame), ObjectFrame(boot, sequence, second).ToByteArray()));

    private void Pass(long milliseconds)
    {
        time.Now += TimeSpan.FromMilliseconds(milliseconds);
        sessions.Pass();
    }

    private void Take(MessageKind kind, IMessage message, Wire.Outcome? outcome = null) => Assert.Equal(outcome, Give(kind, message)?.Outcome);

    private Refusal? Give(MessageKind kind, IMessage message) => sessions.Take(new("almaty", Id, kind), message.ToByteArray());

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 9, 15, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
