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

    /// <summary>Every now and then nobody comes out of the junction for half a minute, and all red lasts longer.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public void A_longer_all_red_that_was_foreseen_is_shown(int latency, bool justInTime)
    {
        var run = new Run("adaptive", latency, justInTime, allRedExtension: 4);
        while (run.Second < Seconds) run.Decide();
        Assert.True(run.Compared > Seconds - 2 * latency - 5, $"{run.Compared} seconds");
        Assert.True(run.Lengthened > 4, $"{run.Lengthened} seconds of longer all red");
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

    private sealed class Run(string strategy, int latency, bool justInTime, int allRedExtension = 0)
    {
        private readonly BusyJunction street = new(Model(allRedExtension), Sensing.Full) { Stuck = second => allRedExtension > 0 && second % 90 > 50 };
        private readonly IntersectionOptimiser optimiser = new(Model(allRedExtension), new(strategy, latency));
        private readonly Queue<(long Second, PhaseId Phase, PhaseId? Next, int Elapsed)> foreseen = new();
        private readonly Queue<PhasePlan> underWay = new();
        private PhaseId? last;

        public long Second => street.Second;

        public int Compared { get; private set; }

        public int Changes { get; private set; }

        /// <summary>Decisions that made all red last longer.</summary>
        public int Lengthened { get; private set; }

        public (Frame Frame, Decision Decision) Decide()
        {
            var frame = street.Next();
            Compare(frame);
            var decision = optimiser.Decide(frame, frame.Second)!;
            if (decision.Bound == Guard.AllRed) Lengthened++;
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

        private static IntersectionModel Model(int allRedExtension) =>
            FourArm.Model with { Signals = FourArm.Model.Signals with { AllRedExtensionSeconds = allRedExtension } };

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
