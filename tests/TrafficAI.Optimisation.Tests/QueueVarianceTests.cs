using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class QueueVarianceTests
{
    private static readonly IntersectionModel Lane = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    [Fact]
    public void With_loops_that_miss_some_it_is_about_the_square_of_the_error()
    {
        var (square, variance) = (0.0, 0.0);
        foreach (var (number, truth, told) in Run(seconds: 6_000, arrivalEvery: 6, misses: 0.03))
        {
            square += (number - truth) * (number - truth);
            variance += told;
        }

        Assert.InRange(variance / square, 0.4, 2.5);
    }

    [Fact]
    public void It_grows_with_every_count_until_the_green_runs_dry()
    {
        var told = Run(seconds: 120, arrivalEvery: 7, misses: 0).Select(s => s.Variance).ToList();
        Assert.True(told[89] > told[61], "from red to red");
        var dry = told[90..].IndexOf(told[90..].Min());
        Assert.InRange(dry, 10, 30);
        Assert.InRange(told[90 + dry], 0, 0.1);
    }

    [Fact]
    public void Behind_a_full_loop_it_grows_by_the_mean_arrivals_and_ends_with_the_queue()
    {
        var told = Run(seconds: 105, arrivalEvery: 4, misses: 0, green: 60, red: 45).Select(s => s.Variance).ToList();
        Assert.True(told[44] > 4 * told[20], $"{told[44]} after the red, {told[20]} in it");
        Assert.True(told[45..].Min() < told[44] / 2, $"{told[45..].Min()} in the green, {told[44]} before");
    }

    [Fact]
    public void What_is_only_expected_is_as_uncertain_as_a_Poisson_number()
    {
        var variance = new QueueVariance { IsExpected = true };
        variance.Count(4);
        Assert.Equal(4, variance.Value);
    }

    [Fact]
    public void Where_each_vehicle_is_seen_there_is_no_doubt()
    {
        var estimator = new Estimator(Lane);
        var picture = estimator.Observe(Scenes.Frame(Lane, Scenes.Showing(Lane, 1), Scenes.Seen(Lane, new TrackedObject(0, 100, 0, ObjectClass.Car, 1))));
        Assert.Equal((1, 0.0), (picture.Lanes[0].Vehicles.Length, picture.Lanes[0].Variance));
    }

    /// <summary>Red first. Who misses is drawn for each count of either loop.</summary>
    private static IEnumerable<(int Number, int Truth, double Variance)> Run(int seconds, int arrivalEvery, double misses, int green = 30, int red = 30)
    {
        var (estimator, street, drawn) = (new Estimator(Lane), new LoopStreet(), 0u);
        for (var s = 0; s < seconds; s++)
        {
            var isGreen = s % (green + red) >= red;
            var (stop, advance) = street.Second(isGreen, s % arrivalEvery == 0);
            var loops = new LoopReading[Lane.Intersection.Detectors.Length];
            loops[Lane.Lanes[0].StopDetector] = Spread.Of(drawn++) < misses ? stop with { Count = 0 } : stop;
            loops[Lane.Lanes[0].AdvanceDetector] = Spread.Of(drawn++) < misses ? advance with { Count = 0 } : advance;
            var lane = estimator.Observe(Scenes.Frame(Lane, Scenes.Showing(Lane, isGreen ? 1 : 2, 9, s), new(Sensing.Loops, [], [.. loops]))).Lanes[0];
            yield return (lane.Vehicles.Length, street.Between, lane.Variance);
        }
    }
}
