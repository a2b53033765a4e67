using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Decisions reckon with a latency, and a controller obeys the newest plan at once: it shows what was foreseen.</summary>
public sealed class LatencyTests
{
    private const int Seconds = 900;

    [Theory]
    [InlineData("adaptive", 1)]
    [InlineData("adaptive", 2)]
    [InlineData("adaptive", 5)]
    [InlineData("actuated", 1)]
    [InlineData("max-pressure", 3)]
    [InlineData("fixed", 2)]
    public void What_was_foreseen_is_shown(string strategy, int latency)
    {
        var street = new BusyJunction(FourArm.Model, Sensing.Full);
        var optimiser = new IntersectionOptimiser(FourArm.Model, new(strategy, latency));
        var foreseen = new Queue<(long Second, PhaseId Phase, PhaseId? Next, int Elapsed)>();
        var (compared, changes, last) = (0, 0, default(PhaseId?));
        while (street.Second < Seconds)
        {
            var frame = street.Next();
            var shown = frame.Signals;
            while (foreseen.TryPeek(out var state) && state.Second < frame.Second - 1) foreseen.Dequeue();
            if (foreseen.TryPeek(out var expected) && expected.Second == frame.Second - 1)
            {
                Assert.Equal((expected.Phase, expected.Next, expected.Elapsed), (shown.Phase, shown.Next, shown.Elapsed));
                compared++;
            }

            if (shown.Target != last) (last, changes) = (shown.Target, changes + 1);
            var decision = optimiser.Decide(frame, frame.Second)!;
            foreseen.Enqueue((decision.ActsAt - 1, decision.Before.Phase, decision.Before.Next, decision.Before.Elapsed));
            street.Obey(decision.ToPlan());
        }

        Assert.True(compared > Seconds - latency - 5, $"{compared} seconds");
        Assert.True(changes > 10, $"{changes} changes");
    }
}
