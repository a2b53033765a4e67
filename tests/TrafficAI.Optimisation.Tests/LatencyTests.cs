using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Decisions reckon with a latency. Whether a controller has a plan at once or just in time, it shows what was foreseen.</summary>
public sealed class LatencyTests
{
    private const int Seconds = 900;

    [Theory]
    [InlineData("adaptive", 1, false)]
    [InlineData("adaptive", 1, true)]
    [InlineData("adaptive", 2, false)]
    [InlineData("adaptive", 5, false)]
    [InlineData("adaptive", 5, true)]
    [InlineData("actuated", 1, false)]
    [InlineData("max-pressure", 3, true)]
    [InlineData("fixed", 2, false)]
    public void What_was_foreseen_is_shown(string strategy, int latency, bool justInTime)
    {
        var run = new Run(strategy, latency, justInTime);
        while (run.Second < Seconds) run.Decide();
        Assert.True(run.Compared > Seconds - 2 * latency - 5, $"{run.Compared} seconds");
        Assert.True(run.Changes > 10, $"{run.Changes} changes");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(60)]
    public void After_a_silence_nothing_that_was_wanted_before_it_is_wanted_again(int seconds)
    {
        var run = new Run("adaptive", 2, justInTime: false);
        while (run.Second < Seconds)
        {
            for (var i = 0; i < 97; i++) run.Decide();
            run.Silence(seconds);
            var (frame, decision) = run.Decide();
            foreach (var entry in decision.ToPlan().Entries)
            {
                if (entry.Planned >= decision.ActsAt) break;
                Assert.Equal(frame.Mode == ControlMode.Plan ? frame.Signals.Target : FourArm.Model.Signals.LocalPlan.PhaseAt(entry.Planned), entry.Phase);
            }
        }

        Assert.True(run.Changes > 10, $"{run.Changes} changes");
    }

    private sealed class Run(string strategy, int latency, bool justInTime)
    {
        private readonly BusyJunction street = new(FourArm.Model, Sensing.Full);
        private readonly IntersectionOptimiser optimiser = new(FourArm.Model, new(strategy, latency));
        private readonly Queue<(long Second, PhaseId Phase, PhaseId? Next, int Elapsed)> foreseen = new();
        private readonly Queue<PhasePlan> underWay = new();
        private PhaseId? last;

        public long Second => street.Second;

        public int Compared { get; private set; }

        public int Changes { get; private set; }

        public (Frame Frame, Decision Decision) Decide()
        {
            var frame = street.Next();
            Compare(frame);
            var decision = optimiser.Decide(frame, frame.Second)!;
            foreseen.Enqueue((decision.ActsAt - 1, decision.Before.Phase, decision.Before.Next, decision.Before.Elapsed));
            underWay.Enqueue(decision.ToPlan());
            street.Obey(underWay.Count > (justInTime ? latency : 0) ? underWay.Dequeue() : null);
            return (frame, decision);
        }

        /// <summary>Neither frames nor plans come through.</summary>
        public void Silence(int seconds)
        {
            foreseen.Clear();
            for (var i = 0; i < seconds; i++)
            {
                Compare(street.Next());
                street.Obey(null);
            }
        }

        private void Compare(Frame frame)
        {
            var shown = frame.Signals;
            if (shown.Target != last) (last, Changes) = (shown.Target, Changes + 1);
            while (foreseen.TryPeek(out var old) && old.Second < frame.Second - 1) foreseen.Dequeue();
            if (!foreseen.TryPeek(out var expected) || expected.Second != frame.Second - 1) return;
            Assert.Equal((expected.Phase, expected.Next, expected.Elapsed), (shown.Phase, shown.Next, shown.Elapsed));
            Compared++;
        }
    }
}
