using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace TrafficAI.Signals.Tests;

/// <summary>Random faults at random intersections. <c>TRAFFICAI_SOAK_SECONDS=100000000</c> makes it long; the log says how long it took.</summary>
public class FaultSoakTests(ITestOutputHelper output)
{
    private const int SecondsEach = 10_000;
    private const long DefaultSeconds = 1_000_000;

    [Fact]
    public void No_fault_makes_a_controller_unsafe() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var unsafeState = Ordeal.Run(seed, 600, new());
            Assert.True(unsafeState is null, unsafeState);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Soak()
    {
        var wanted = Environment.GetEnvironmentVariable("TRAFFICAI_SOAK_SECONDS") is { Length: > 0 } text
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : DefaultSeconds;
        var counts = new OrdealCounts();
        var watch = Stopwatch.StartNew();
        var intersections = 0;
        for (var seed = 0; counts.Seconds < wanted; seed++)
        {
            var unsafeState = Ordeal.Run(seed, SecondsEach, counts);
            Assert.True(unsafeState is null, unsafeState);
            intersections++;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts} at {intersections:N0} intersections: nothing unsafe, {watch.Elapsed.TotalSeconds:F1} s on one thread"));
        Assert.True(counts is { Greens: > 1000, ClockJumps: > 100, Restarts: > 100, PowerCuts: > 10, Failures: > 10 });
        Assert.True(counts.Of(PlanReply.Accepted) > 1000 && counts.Of(PlanReply.Stale) > 100 && counts.Of(PlanReply.Off) > 10);
    }
}
