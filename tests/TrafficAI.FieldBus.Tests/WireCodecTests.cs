using Google.Protobuf;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>From our words to the wire and back: nothing changes on the way.</summary>
public sealed class WireCodecTests
{
    private static readonly IntersectionId A = new("A");

    [Theory]
    [InlineData(Sensing.Loops)]
    [InlineData(Sensing.Full)]
    public void A_frame_comes_back_as_it_was(Sensing sensing)
    {
        TrackedObject[] objects = sensing == Sensing.Full ? [new(0, 12, 0, ObjectClass.Car, 1), new(3, 1_999, 140, ObjectClass.Emergency, uint.MaxValue)] : [];
        var frame = new Frame(
            A, 3_605, ControlMode.Fault, new(3_604, new(2), new(1), 3, [Lamp.Dark, Lamp.FlashingGreen, Lamp.FlashingAmber], [1, 40, 3], 77),
            new(sensing, [.. objects], [new(1, 430), default, new(0, 1000)]), new(3_600, SafetyRule.ShortAmber, 1, -1, "amber of group 2 lasted 2 s"));

        var bytes = FrameWriter.Write(frame, boot: 9).ToByteArray();

        Assert.True(WireReader.TryRead(MessageKind.Frame, bytes, out var message, out var refusal), refusal?.Text);
        var back = FrameReader.Read(A, (Wire.Frame)message, frame.Second);
        Assert.Equal(frame.Signals.Lamps, back.Signals.Lamps);
        Assert.Equal(frame.Signals.LampSeconds, back.Signals.LampSeconds);
        Assert.Equal(frame.Readings.Objects, back.Readings.Objects);
        Assert.Equal(frame.Readings.Loops, back.Readings.Loops);
        Assert.Equal(frame with { Signals = back.Signals, Readings = back.Readings }, back);
        Assert.Equal(frame.Signals with { Lamps = back.Signals.Lamps, LampSeconds = back.Signals.LampSeconds }, back.Signals);
    }

    [Fact]
    public void A_plan_comes_back_as_it_was()
    {
        var plan = new PhasePlan(A, 500, 77, 7, 41, 30, 503, 612, [new(new(2), 500, 504, 530), new(new(1), 501, 520, 530)]) { AllRedUntil = 511 };

        var bytes = PlanWriter.Write(plan, boot: 9, baseSequence: 1_500, Examples.Checksum).ToByteArray();

        Assert.True(WireReader.TryRead(MessageKind.Plan, bytes, out var message, out var refusal), refusal?.Text);
        var back = PlanReader.Read(A, (Wire.Plan)message, 500);
        Assert.Equal(plan.Entries, back.Entries);
        Assert.Equal(plan with { Entries = back.Entries }, back);
    }

    [Fact]
    public void Times_beyond_a_day_are_cut()
    {
        var plan = new PhasePlan(A, 500, 77, 7, 41, 30, long.MaxValue, 612, [new(new(2), 500, 504, long.MaxValue)]);
        var message = PlanWriter.Write(plan, 9, 500, Examples.Checksum);
        Assert.True(WireReader.TryRead(MessageKind.Plan, message.ToByteArray(), out _, out var refusal), refusal?.Text);
        Assert.Equal(WireLimits.DaySeconds, message.Entries[0].Latest);
    }

    [Theory]
    [InlineData("abay-dostyk", "abay-dostyk")]
    [InlineData("Абай/1", "%D0%90%D0%B1%D0%B0%D0%B9%2F1")]
    [InlineData("#+", "%23%2B")]
    public void An_id_has_one_name_in_a_topic(string id, string name)
    {
        Assert.Equal(name, EncodedId.Of(id));
        Assert.True(Topic.TryRead($"tai/v1/almaty/{name}/down/plan", out var topic));
        Assert.Equal(new Topic("almaty", new(id), MessageKind.Plan), topic);
        Assert.Equal($"tai/v1/almaty/{name}/down/plan", topic.ToString());
    }

    [Theory]
    [InlineData("tai/v1/almaty/A/up/plan")]
    [InlineData("tai/v2/almaty/A/up/frame")]
    [InlineData("tai/v1//A/up/frame")]
    [InlineData("tai/v1/almaty//up/frame")]
    [InlineData("tai/v1/almaty/%41/up/frame")]
    [InlineData("tai/v1/almaty/%2f/up/frame")]
    [InlineData("tai/v1/almaty/%D0/up/frame")]
    [InlineData("tai/v1/almaty/A%2/up/frame")]
    [InlineData("tai/v1/almaty/Ж/up/frame")]
    [InlineData("tai/v1/almaty/A/up/frame/more")]
    public void Another_topic_is_none_of_ours(string text) => Assert.False(Topic.TryRead(text, out _));
}
