namespace TrafficAI.Signals.Tests;

/// <summary>What the decider does in each class with the programme's own profile, pinned: a change here changes streets that run today.</summary>
public class PinnedBehaviourTests
{
    [Theory]
    [InlineData(ControlClass.Site, 8802137752690263219UL)]
    [InlineData(ControlClass.R, 16213357772427171258UL)]
    [InlineData(ControlClass.RPlus, 1864975471555894561UL)]
    [InlineData(ControlClass.S, 10382665091213688620UL)]
    public void Each_class_decides_as_ever(ControlClass controlClass, ulong pinned)
    {
        var hash = 0xCBF29CE484222325;
        for (var seed = 0; seed < 150; seed++)
        {
            var street = seed % 5 == 4 ? RandomStreet.Nonsense(seed) : RandomStreet.Sensible(seed);
            var signals = SignalsBuilder.Build(street.Network, street.Intersection, controlClass);
            var chance = new Chance(seed);
            var restlessness = new[] { 1, 3, 10, 40, 200 }[chance.Below(5)];
            var wish = new PhaseId(1);
            var state = SignalDecider.Start(signals, chance.Between(-50, 50));
            for (var i = 0; i < 600; i++)
            {
                if (chance.OneIn(restlessness)) wish = new(chance.OneIn(20) ? chance.Between(-3, 30) : chance.Between(1, signals.Phases.Length));
                var step = SignalDecider.Advance(signals, state, wish);
                state = step.State;
                foreach (var lamp in state.Lamps) Add((ulong)lamp);
                foreach (var age in state.LampSeconds) Add((ulong)age);
                Add((ulong)step.Bound);
                if (i % 50 == 0) Add((ulong)SignalDecider.EarliestChange(signals, state, new(1 + i / 50 % signals.Phases.Length)));
            }
        }

        Assert.Equal(pinned, hash);
        void Add(ulong value) => hash = (hash ^ value) * 0x100000001B3;
    }
}
