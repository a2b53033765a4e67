using FsCheck;
using FsCheck.Fluent;

namespace TrafficAI.Signals.Tests;

/// <summary>The hours of the day in which amber flashes.</summary>
public sealed class NightFlashTests
{
    private const int Day = 86_400;
    private const int Almaty = 5 * 3600;

    [Theory]
    [InlineData(1, 5, 0, null)]
    [InlineData(1, 5, 20 * 3600, 24 * 3600)]
    [InlineData(1, 5, (24 * 3600) - 1, 24 * 3600)]
    [InlineData(1, 5, 24 * 3600, null)]
    [InlineData(23, 6, 0, 3600)]
    [InlineData(23, 6, (18 * 3600) - 1, null)]
    [InlineData(23, 6, 18 * 3600, 25 * 3600)]
    public void Second_0_is_five_in_the_morning(int from, int to, long second, int? end) =>
        Assert.Equal(end, (int?)new NightFlash(from * 3600, to * 3600).EndAt(second));

    [Fact]
    public void It_ends_at_its_time_of_day_within_a_day_and_is_over_then() =>
        Prop.ForAll(Given, given =>
        {
            var night = new NightFlash(given.From, given.To);
            var end = night.EndAt(given.Second);
            var length = (given.To - given.From + Day) % Day;
            return end is { } over
                ? over > given.Second && over - given.Second <= length && Clock(over) == given.To && night.EndAt(over) is null && night.EndAt(over - 1) == over
                : (Clock(given.Second) - given.From + Day) % Day >= length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_a_day_just_the_seconds_of_the_night_are_in_it() =>
        Assert.Equal(4 * 3600, Enumerable.Range(0, Day).Count(second => new NightFlash(3600, 5 * 3600).EndAt(second) is not null));

    private static Arbitrary<(int From, int To, long Second)> Given => Gen.Choose(0, Day - 1)
        .SelectMany(from => Gen.Choose(1, Day - 1), (from, length) => (From: from, To: (from + length) % Day))
        .SelectMany(_ => Gen.Choose(-10 * Day, 1_000_000_000), (hours, second) => (hours.From, hours.To, (long)second)).ToArbitrary();

    private static int Clock(long second) => (int)((((second + Almaty) % Day) + Day) % Day);
}
