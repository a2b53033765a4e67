using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>Countdown boards of a real programme: kept, and broken by hand.</summary>
public sealed class CountdownMeasureTests
{
    private static readonly Site Site = FourArm.WithBoards;
    private static readonly IntersectionSignals Signals = Site.Signals[0];
    private static readonly Interphase Passage = Signals.Interphase(new(1), new(3));

    [Fact]
    public void A_passage_that_runs_to_its_end_keeps_every_promise()
    {
        var told = Show(Passage.Length, new(3));
        Assert.True(Value(told, MeasureIds.Promises) > 0);
        Assert.Equal(0, Value(told, MeasureIds.BrokenPromises));
    }

    [Fact]
    public void A_passage_that_is_broken_off_breaks_the_promises_that_run()
    {
        var told = Show(2, new(1));
        Assert.True(Value(told, MeasureIds.Promises) > 0);
        Assert.Equal(Value(told, MeasureIds.Promises), Value(told, MeasureIds.BrokenPromises));
    }

    /// <summary>The first phase, so many seconds of the passage to the third, then a phase.</summary>
    private static IntersectionMeasures Show(int seconds, PhaseId then)
    {
        var meter = new IntersectionMeter(FourArm.LayoutOf(Site), new(0, 100, 900));
        var second = 0L;
        for (var i = 1; i <= 20; i++) Take(new(1), null, i, Signals.LampsOf(Signals.Phases[0]));
        for (var i = 1; i <= seconds; i++) Take(new(1), new(3), i, Passage.Seconds[i - 1].Lamps);
        for (var i = 1; second < 100; i++) Take(then, null, i, Signals.LampsOf(Signals.Phase(then)));
        return IntersectionReport.Of(meter, 0, 100);

        void Take(PhaseId phase, PhaseId? next, int elapsed, System.Collections.Immutable.ImmutableArray<Lamp> lamps) => meter.Take(new Frame(
            Signals.Id, ++second, ControlMode.Plan, new(second - 1, phase, next, elapsed, lamps, [.. lamps.Select(_ => 1)], second),
            DetectorReadings.Nothing(Sensing.Loops, Site.Network.Intersections[0].Detectors.Length)));
    }

    private static double Value(IntersectionMeasures told, string id) => told.Of(id)!.Value.Value!.Value;
}
