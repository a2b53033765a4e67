namespace TrafficAI.FieldBus.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void A_share_is_found_within_six_percent_whatever_the_scale()
    {
        foreach (var scale in new[] { 1, 7, 1_000, 123_456_789 })
        {
            var times = new Percentiles();
            for (var i = 1; i <= 1_000; i++) times.Add(TimeSpan.FromMicroseconds((double)i * scale));
            Assert.Equal(1_000, times.Count);
            Assert.Equal(TimeSpan.FromMicroseconds(1_000.0 * scale), times.Longest);
            foreach (var share in new[] { 0.01, 0.5, 0.99, 1 })
                Assert.InRange(times.At(share).TotalMicroseconds / (share * 1_000 * scale), 1, 1.0625);
        }
    }

    [Fact]
    public void Nothing_takes_no_time() => Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (new Percentiles().At(0.5), new Percentiles().Longest));

    [Fact]
    public void Small_and_odd_durations_have_a_bucket()
    {
        var times = new Percentiles();
        foreach (var microseconds in new[] { -5L, 0, 15, 16, 31, 32, long.MaxValue / 100 }) times.Add(TimeSpan.FromTicks(microseconds));
        for (var us = 0; us < 100; us++)
        {
            var one = new Percentiles();
            one.Add(TimeSpan.FromMicroseconds(us));
            Assert.Equal(us, one.At(1).TotalMicroseconds);
        }

        Assert.Equal(7, times.Count);
    }
}
