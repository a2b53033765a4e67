using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Fuzz;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

public sealed class FrameCodecTests
{
    private static readonly IntersectionId Id = new("A0");

    [Fact]
    public void What_is_read_back_is_what_was_seen() =>
        Prop.ForAll(Arb.From(Frames), frame => Same(frame, FrameCodec.Decode(Id, FrameCodec.Encode(frame)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_second_is_read_without_the_rest() =>
        Prop.ForAll(Arb.From(Frames), frame => FrameCodec.SecondOf(FrameCodec.Encode(frame)) == frame.Second).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_frame_gives_a_record_exception_and_nothing_else()
    {
        var generator = new Random(7);
        var whole = FrameCodec.Encode(Frames.Sample(1, 30).First()).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                var damaged = Mutation.Bytes(whole, generator);
                FrameCodec.SecondOf(damaged);
                FrameCodec.Decode(Id, damaged);
            }
            catch (RecordException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void A_frame_of_a_later_version_is_refused_with_advice()
    {
        var bytes = FrameCodec.Encode(Frames.Sample(1, 1).First()).ToArray();
        bytes[0] = 3;
        Assert.Contains("Use a newer build", Assert.Throws<RecordException>(() => FrameCodec.Decode(Id, bytes)).Message, StringComparison.Ordinal);
        Assert.Throws<RecordException>(() => FrameCodec.SecondOf(bytes));
    }

    [Fact]
    public void Version_1_reads_as_it_always_did()
    {
        var bytes = Convert.FromHexString("01F0C4010101020305021307" + "05" + "00" + "02" + "01" + "2C" + "51" + "02" + "03" + "00" + "A003" + "00" + "00" + "04" + "03" + "01" + "01" + "E807");
        var frame = FrameCodec.Decode(Id, bytes);
        Assert.Equal(25200, frame.Second);
        Assert.Equal(ControlMode.Plan, frame.Mode);
        Assert.Equal(new PhaseId(1), frame.Signals.Phase);
        Assert.Equal(new PhaseId(2), frame.Signals.Next);
        Assert.Equal([Lamp.Green, Lamp.Red], frame.Signals.Lamps.AsEnumerable());
        Assert.Equal([7, 5], frame.Signals.LampSeconds.AsEnumerable());
        Assert.Equal([new TrackedObject(1, 44, 81, ObjectClass.Bus, 3), new TrackedObject(1, 416, 0, ObjectClass.Car, 4)], frame.Readings.Objects.AsEnumerable());
        Assert.Equal([new LoopReading(1, 1000), default, default], frame.Readings.Loops.AsEnumerable());
        Assert.Equal(bytes, FrameCodec.Encode(frame).ToArray());
    }

    [Fact]
    public void Version_2_reports_a_violation()
    {
        var violation = new Violation(25199, SafetyRule.ShortIntergreen, 3, 0, "зелёный группы 1");
        var frame = Frames.Sample(1, 1).First() with { Violation = violation };
        var bytes = FrameCodec.Encode(frame).ToArray();
        Assert.Equal((2, "frame.v2"), (bytes[0], FrameCodec.TypeOf(frame)));
        Assert.Equal(violation, FrameCodec.Decode(Id, bytes).Violation);
        bytes[^1] = 0xff;
        Assert.Contains("not UTF-8", Assert.Throws<RecordException>(() => FrameCodec.Decode(Id, bytes)).Message, StringComparison.Ordinal);
        Assert.Throws<RecordException>(() => FrameCodec.Decode(Id, bytes.AsMemory(0, bytes.Length - 1)));
    }

    private static Gen<Frame> Frames =>
        from second in Gen.Choose(0, 2_000_000)
        from mode in Gen.Elements(ControlMode.Local, ControlMode.Plan, ControlMode.Fault)
        from groups in Gen.Choose(0, 40)
        from lamps in Gen.Choose(0, 6).ArrayOf(groups)
        from seconds in Gen.Choose(1, 100_000).ArrayOf(groups)
        from phase in Gen.Choose(1, 40)
        from next in Gen.Choose(0, 40)
        from elapsed in Gen.Choose(1, 100_000)
        from sequence in Gen.Choose(0, int.MaxValue)
        from objects in Objects.ArrayOf()
        from loops in Loops.ArrayOf()
        from sensing in Gen.Elements(Sensing.Full, Sensing.Loops)
        select new Frame(
            Id, second, mode,
            new SignalState(
                second - 1, new PhaseId(phase), next == 0 ? null : new PhaseId(next), elapsed, [.. lamps.Select(l => (Lamp)l)], [.. seconds], sequence),
            new DetectorReadings(sensing, [.. objects.OrderBy(o => o.Lane)], [.. loops]));

    private static Gen<TrackedObject> Objects =>
        from lane in Gen.Choose(0, ushort.MaxValue)
        from distance in Gen.Choose(0, 2000)
        from speed in Gen.Choose(0, 500)
        from kind in Gen.Choose(0, 5)
        from track in Gen.Choose(0, int.MaxValue)
        select new TrackedObject((ushort)lane, (ushort)distance, (ushort)speed, (ObjectClass)kind, (uint)track);

    private static Gen<LoopReading> Loops =>
        from count in Gen.Choose(0, 3)
        from occupancy in Gen.Elements(0, 0, 1, 400, 1000)
        select new LoopReading((byte)count, (ushort)occupancy);

    private static bool Same(Frame a, Frame b) =>
        a.Intersection == b.Intersection && a.Second == b.Second && a.Mode == b.Mode
        && a.Signals with { Lamps = [], LampSeconds = [] } == b.Signals with { Lamps = [], LampSeconds = [] }
        && Equal(a.Signals.Lamps, b.Signals.Lamps) && Equal(a.Signals.LampSeconds, b.Signals.LampSeconds)
        && a.Readings.Sensing == b.Readings.Sensing && Equal(a.Readings.Objects, b.Readings.Objects) && Equal(a.Readings.Loops, b.Readings.Loops);

    private static bool Equal<T>(ImmutableArray<T> a, ImmutableArray<T> b) => a.AsSpan().SequenceEqual(b.AsSpan());
}
