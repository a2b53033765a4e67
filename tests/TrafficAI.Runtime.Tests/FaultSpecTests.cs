using TrafficAI.Runtime.Faults;

namespace TrafficAI.Runtime.Tests;

public sealed class FaultSpecTests
{
    [Fact]
    public void Every_fault_is_read() => Assert.Equal(
        new FaultSpec(0.1, 0.05, 0.025, 2, 0.01, 1), FaultSpec.Parse("dead=10%, stuck=5%, loss=2.5%, delay=2s, dup=1%, reorder=100%"));

    [Theory]
    [InlineData("dead")]
    [InlineData("dead=10")]
    [InlineData("dead=101%")]
    [InlineData("dead=-1%")]
    [InlineData("delay=2")]
    [InlineData("delay=31s")]
    [InlineData("gremlins=3%")]
    public void What_is_no_fault_is_refused_with_an_example(string text) =>
        Assert.Contains("loss=5%", Assert.Throws<FormatException>(() => FaultSpec.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("loss=5%,loss=6%", "'loss' stands there twice")]
    [InlineData("dead=60%,stuck=60%", "more than 100 %")]
    public void Faults_that_do_not_go_together_are_refused(string text, string what) =>
        Assert.Contains(what, Assert.Throws<FormatException>(() => FaultSpec.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sound_link_delivers_in_order_and_on_time()
    {
        var link = new FaultyLink<int>(FaultSpec.None, 1);
        for (var i = 0; i < 5; i++) link.Send(10 + i, i);
        Assert.Equal([0, 1, 2], Taken(link, 12));
        Assert.Equal([3, 4], Taken(link, 99));
    }

    [Fact]
    public void A_bad_link_loses_delays_and_repeats_as_often_as_told()
    {
        var link = new FaultyLink<int>(FaultSpec.Parse("loss=20%,delay=2s,dup=10%,reorder=5%"), 1);
        var arrived = new List<(long At, int Message)>();
        for (var second = 0; second < 10_000; second++)
        {
            link.Send(second, second);
            arrived.AddRange(Taken(link, second).Select(m => ((long)second, m)));
        }

        Assert.InRange(arrived.DistinctBy(a => a.Message).Count(), 7_800, 8_200);
        Assert.InRange(arrived.Count - arrived.DistinctBy(a => a.Message).Count(), 650, 950);
        Assert.InRange(arrived.Average(a => a.At - a.Message), 1.0, 1.3);
        Assert.All(arrived, a => Assert.InRange(a.At - a.Message, 0, 4));
    }

    private static List<int> Taken(FaultyLink<int> link, long second)
    {
        var taken = new List<int>();
        while (link.TryTake(second, out var message)) taken.Add(message);
        return taken;
    }
}
