using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.FieldBus.Wire;

namespace TrafficAI.FieldBus.Tests;

public sealed class StreetCountTests
{
    private readonly StreetCount count = new();

    [Fact]
    public void Seconds_follow_the_sequence_from_the_first_frame_on()
    {
        Assert.Equal([3_605L, 3_606, 3_608], Take((1, 70_000, 3_605), (1, 70_001, 3_606), (1, 70_003, 3_608)));
        Assert.Equal(70_003UL, count.SequenceOf(3_608));
        Assert.Null(count.SequenceOf(-70_000));
    }

    [Fact]
    public void A_far_second_moves_nothing() =>
        Assert.Equal([100L, 101, 102, 103], Take((1, 10, 100), (1, 11, 9_999_999), (1, 12, 102), (1, 13, 0)));

    [Fact]
    public void A_late_frame_and_a_second_one_keep_their_second() =>
        Assert.Equal([100L, 102, 101, 102, 103], Take((1, 10, 100), (1, 12, 102), (1, 11, 101), (1, 12, 102), (1, 13, 103)));

    [Fact]
    public void A_new_boot_is_believed_where_its_clock_can_be_right() =>
        Assert.Equal([100L, 190, 191], Take((1, 10, 100), (2, 5_000, 190), (2, 5_001, 191)));

    [Theory]
    [InlineData(99)]
    [InlineData(100_000)]
    public void A_new_boot_with_a_wrong_clock_goes_on_from_the_last_second(long second) =>
        Assert.Equal([100L, 101, 102], Take((1, 10, 100), (2, 5_000, second), (2, 5_001, second + 1)));

    [Fact]
    public void A_leap_of_the_sequence_takes_three_frames_in_a_row()
    {
        Assert.Equal([100L, null, 101, null, null, 90_012, 90_013], Take(
            (1, 10, 100), (1, 90_000, 100), (1, 11, 101), (1, 89_920, 0), (1, 89_921, 0), (1, 89_922, 0), (1, 89_923, 0)));
    }

    [Fact]
    public void An_earlier_boot_comes_back_only_with_three_frames_in_a_row() =>
        Assert.Equal([100L, 101, null, 102, null, null, 103, 104], Take(
            (1, 10, 100), (2, 50, 101), (1, 11, 101), (2, 51, 102), (1, 12, 0), (1, 13, 0), (1, 14, 103), (1, 15, 104)));

    [Theory]
    [InlineData(1, 12, 5_000, 102)]
    [InlineData(2, 7, 150, 150)]
    [InlineData(2, 7, 50, 102)]
    public void What_was_known_before_is_gone_on_with(ulong boot, ulong sequence, long named, long second)
    {
        var recovered = new StreetCount(new([new(9, -50), new(1, 90)], 101));
        Assert.Equal((1UL, 11UL), (recovered.Boot, recovered.Newest));
        Assert.True(recovered.TryTake(Examples.LoopFrame().With(m => (m.Boot, m.Sequence, m.Second) = (boot, sequence, named)), out var taken, out _));
        Assert.Equal((second, second, 40), (taken, recovered.LastSecond, recovered.SecondOf(9, 90)));
    }

    [Fact]
    public void Nothing_is_known_before_the_first_frame() => Assert.Null(new StreetCount().SequenceOf(0));

    private List<long?> Take(params (ulong Boot, ulong Sequence, long Second)[] frames) =>
        [.. frames.Select(f => count.TryTake(Examples.LoopFrame().With(m => (m.Boot, m.Sequence, m.Second) = f), out var second, out var refusal)
            ? second
            : refusal!.Outcome is Outcome.UnknownBase or Outcome.OtherBoot ? (long?)null : -1)];
}
