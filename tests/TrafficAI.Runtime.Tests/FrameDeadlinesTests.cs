using TrafficAI.Network;

namespace TrafficAI.Runtime.Tests;

public sealed class FrameDeadlinesTests
{
    private static readonly IntersectionId A = new("A");
    private static readonly IntersectionId B = new("B");
    private static readonly IntersectionId C = new("C");
    private readonly FrameDeadlines deadlines = new();

    [Fact]
    public void A_second_that_was_left_out_is_overdue_when_the_next_frame_comes()
    {
        Assert.Empty(Hear((A, 100), (A, 101)));
        Assert.Equal([(A, 102L), (A, 103L)], Hear((A, 104)));
        Assert.Empty(Hear((A, 103), (A, 105)));
    }

    [Fact]
    public void A_long_silence_is_not_decided_on_second_by_second() => Assert.Empty(Hear((A, 100), (A, 100 + FrameDeadlines.MostInARow + 2)));

    [Fact]
    public void The_first_frame_has_nothing_before_it() => Assert.Empty(Hear((A, 5_000), (B, 30)));

    [Fact]
    public void Who_is_silent_is_overdue_when_the_others_have_gone_on_and_is_waited_for_no_more_after_a_lease()
    {
        Assert.Empty(Hear((A, 10), (B, 10), (C, 10), (A, 11), (B, 11), (A, 12), (B, 12)));
        Assert.Equal([(C, 11L)], Hear((A, 13)));
        Assert.Empty(Hear((B, 13)));
        Assert.Equal([(C, 12L)], Hear((A, 14), (B, 14)));
        var all = Enumerable.Range(15, 100).SelectMany(second => Hear((A, second), (B, second))).ToList();
        Assert.Equal(Enumerable.Range(13, FrameDeadlines.MostInARow - 2).Select(second => (C, (long)second)), all);
        Assert.Empty(Hear((C, 300), (A, 115), (B, 115)));
    }

    [Fact]
    public void Whoever_comes_in_another_order_each_second_is_not_overdue()
    {
        var order = new Random(1);
        IntersectionId[] ids = [A, B, C, new("D"), new("E")];
        for (var second = 0; second < 500; second++)
        {
            order.Shuffle(ids);
            foreach (var id in ids) Assert.Empty(Hear((id, second + id.Value[0])));
        }
    }

    [Fact]
    public void A_single_one_that_runs_ahead_makes_nobody_overdue()
    {
        Assert.Empty(Hear((A, 1), (B, 1), (C, 1)));
        for (var second = 2; second < 500; second++) Assert.Empty(Hear((A, second)));
    }

    private List<(IntersectionId, long)> Hear(params (IntersectionId Id, long Second)[] frames) =>
        [.. frames.SelectMany(frame => deadlines.Hear(frame.Id, frame.Second))];
}
