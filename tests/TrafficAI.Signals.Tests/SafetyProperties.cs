using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

/// <summary>What must hold on any street, in any class, whatever is wanted.</summary>
public class SafetyProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_wish_breaks_safety(ControlClass controlClass, bool kz) => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), controlClass, kz);
        Expect(Watch.Fault(signals, Wishes(signals, seed, 600)), seed);
    });

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_wish_breaks_safety_on_streets_built_by_hand(ControlClass controlClass, bool kz)
    {
        foreach (var signals in new[] { Streets.Two(controlClass, Profile(kz)), Streets.MainRoad(controlClass, Profile(kz)) })
            for (var seed = 0; seed < 40; seed++) Expect(Watch.Fault(signals, Wishes(signals, seed, 1000)), seed);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_wish_breaks_safety_of_a_programme_in_fractions_of_seconds(ControlClass controlClass, bool kz) => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed, fractions: true), controlClass, kz);
        Expect(Watch.Fault(signals, Wishes(signals, seed, 300)), seed);
    });

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_wish_breaks_safety_of_a_nonsense_programme(ControlClass controlClass, bool kz) => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Nonsense(seed), controlClass, kz);
        Expect(Watch.Fault(signals, Wishes(signals, seed, 300)), seed);
    });

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_longer_all_red_breaks_safety(ControlClass controlClass, bool kz) => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), controlClass, kz) with { AllRedExtensionSeconds = seed % 11 };
        Expect(Watch.Fault(signals, Wishes(signals, seed, 600, clears: true)), seed);
    });

    [Fact]
    public void No_red_of_class_S_exceeds_its_limit_where_a_round_over_all_phases_fits() => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), ControlClass.S);
        if (MaximumRedFit.Objection(signals) is not null || signals.LocalPlan.CycleSeconds > signals.MaximumRedSeconds) return;
        signals = signals with { AllRedExtensionSeconds = seed % 11 };
        var red = Watch.LongestRed(signals, Wishes(signals, seed, 1500, clears: true));
        Expect(red > signals.MaximumRedSeconds ? $"red of {red} s" : null, seed);
    });

    [Fact]
    public void The_limit_of_class_S_binds_and_is_kept_when_one_phase_is_wanted_for_ever()
    {
        var signals = Streets.MainRoad(ControlClass.S);
        foreach (var phase in signals.Phases)
        {
            var shown = Run(signals, 0, 1000, _ => phase.Id);
            Assert.InRange(Watch.LongestRed(signals, shown), 100, 120);
            Assert.Null(Watch.Fault(signals, shown));
        }
    }

    [Fact]
    public void Fixed_in_class_site_is_the_programme_untouched() => ForAnySeed(seed => Expect(DifferenceFromProgramme(seed), seed));

    /// <summary>Groups that go to red over flashing amber or dark, and cycles shorter than the clearance of a group that is never green;
    /// TRAFFICAI_PROGRAMMES says how many more.</summary>
    [Fact]
    public void Fixed_in_class_site_is_the_programme_untouched_where_it_once_was_not()
    {
        int[] known = [5341, 22551, 35425, 113509, 133085, 133111, 152499, 158367, 174261, 187549, 191999];
        var more = int.Parse(Environment.GetEnvironmentVariable("TRAFFICAI_PROGRAMMES") ?? "0", CultureInfo.InvariantCulture);
        foreach (var seed in known.Concat(Enumerable.Range(0, more))) Expect(DifferenceFromProgramme(seed), seed);
    }

    [Fact]
    public void The_local_plan_of_a_class_runs_as_it_stands() => ForAnySeed(seed =>
    {
        foreach (var (controlClass, kz) in new[]
                 { (ControlClass.RPlus, false), (ControlClass.S, false), (ControlClass.Site, true), (ControlClass.S, true) })
        {
            var signals = Build(RandomStreet.Sensible(seed), controlClass, kz);
            if (signals.LocalPlan.CycleSeconds > 100) continue;
            var state = SignalDecider.Start(signals, 0);
            for (var i = 0; i < 2 * signals.LocalPlan.CycleSeconds; i++)
            {
                var step = SignalDecider.Advance(signals, state, signals.LocalPlan.PhaseAt(state.Second + 1));
                Expect(step.Bound == Guard.None ? null : $"{controlClass}: {step.Bound} at {step.State.Second}", seed);
                state = step.State;
            }
        }
    });

    [Fact]
    public void The_local_plan_serves_every_phase_in_class_R() => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), ControlClass.R);
        if (signals.Phases.Length == 1) return;
        var seen = new HashSet<PhaseId>();
        var state = SignalDecider.Start(signals, 7);
        for (var i = 0; i < signals.LocalPlan.CycleSeconds + 20; i++)
        {
            state = SignalDecider.Advance(signals, state, signals.LocalPlan.PhaseAt(state.Second + 1)).State;
            if (state is { Elapsed: 1, Next: not null }) Assert.Equal(0, state.Second % 10);
            if (state.Next is null) seen.Add(state.Phase);
        }

        Assert.Equal(signals.Phases.Length, seen.Count);
    });

    [Fact]
    public void Start_is_what_the_plan_comes_to() => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), ControlClass.Site);
        if (signals.Phases.Length == 1) return;
        var state = SignalDecider.Start(signals, 100);
        for (var second = 101; second < 400; second++)
        {
            state = SignalDecider.Advance(signals, state, signals.LocalPlan.PhaseAt(second)).State;
            var fresh = SignalDecider.Start(signals, second);
            Assert.Equal((state.Second, state.Phase, state.Next, state.Elapsed), (fresh.Second, fresh.Phase, fresh.Next, fresh.Elapsed));
            Assert.True(state.Lamps.SequenceEqual(fresh.Lamps));
        }
    });

    [Fact]
    public void The_earliest_change_is_the_first_that_is_granted() => ForAnySeed(seed =>
    {
        var chance = new Chance(seed);
        foreach (var controlClass in new[] { ControlClass.Site, ControlClass.R, ControlClass.RPlus })
        {
            var signals = Build(RandomStreet.Sensible(seed), controlClass);
            var state = SignalDecider.Start(signals, chance.Below(200));
            for (var i = 0; i < 40; i++)
            {
                state = SignalDecider.Advance(signals, state, new(chance.Between(1, signals.Phases.Length))).State;
                var wanted = new PhaseId(chance.Between(1, signals.Phases.Length));
                var earliest = SignalDecider.EarliestChange(signals, state, wanted);
                for (var held = state; held.Target != wanted && held.Second < earliest;
                    held = SignalDecider.Advance(signals, held, held.Target).State)
                    Expect((SignalDecider.Advance(signals, held, wanted).State.Target == wanted) == (held.Second + 1 == earliest)
                        ? null : $"{controlClass}: granted at {held.Second + 1}, earliest {earliest}", seed);
                if (state.Target == wanted) Assert.Equal(state.Second + 1, earliest);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_plan_makes_a_controller_unsafe(ControlClass controlClass, bool kz) => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), controlClass, kz);
        var chance = new Chance(seed);
        var controller = new VirtualController(signals, chance.Between(-100, 1000));
        var shown = new List<ImmutableArray<Lamp>>();
        for (var i = 0; i < 500; i++)
        {
            if (!chance.OneIn(3)) controller.Accept(Plans.Any(chance, signals, controller.State.Second + 1));
            controller.Step();
            shown.Add(controller.State.Lamps);
            Expect(controller.Violation?.Text, seed);
            Assert.Equal(signals.LinkCount, controller.Letters.Length);
        }

        Expect(Watch.Fault(signals, shown), seed);
    });

    [Theory]
    [MemberData(nameof(Settings))]
    public void Lamps_letters_and_ages_agree(ControlClass controlClass, bool kz) => ForAnySeed(seed =>
    {
        var signals = Build(RandomStreet.Sensible(seed), controlClass, kz);
        var chance = new Chance(seed);
        var controller = new VirtualController(signals, 0);
        var before = controller.State;
        for (var i = 0; i < 300; i++)
        {
            controller.Accept(Plans.Any(chance, signals, controller.State.Second + 1));
            controller.Step();
            var state = controller.State;
            var changed = false;
            foreach (var group in signals.Groups)
            {
                var same = state.Lamps[group.Index] == before.Lamps[group.Index];
                changed |= !same;
                var lasts = same || (state.Lamps[group.Index].IsGreen() && before.Lamps[group.Index].IsGreen());
                Assert.Equal(lasts ? before.LampSeconds[group.Index] + 1 : 1, state.LampSeconds[group.Index]);
                foreach (var link in group.Links)
                    Assert.Equal(state.Lamps[group.Index].IsGreen(), controller.Letters[link] is 'G' or 'g');
            }

            Assert.Equal(before.LampSequence + (changed ? 1 : 0), state.LampSequence);
            before = state;
        }
    });

    /// <summary>Classes, with the programme's own profile and with that of Kazakhstan.</summary>
    public static TheoryData<ControlClass, bool> Settings
    {
        get
        {
            var settings = new TheoryData<ControlClass, bool>();
            foreach (var controlClass in Enum.GetValues<ControlClass>())
            {
                settings.Add(controlClass, false);
                settings.Add(controlClass, true);
            }

            return settings;
        }
    }

    private static SignalProfile Profile(bool kz) => kz ? SignalProfile.Kz : SignalProfile.OfProgramme;

    private static void ForAnySeed(Action<int> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            check(seed);
            return true;
        }).Check(Many);

    private static void Expect(string? fault, int seed) => Assert.True(fault is null, $"seed {seed}: {fault}");

    private static IntersectionSignals Build(
        (RoadNetwork Network, Intersection Intersection) street, ControlClass controlClass, bool kz = false) =>
        SignalsBuilder.Build(street.Network, street.Intersection, controlClass, Profile(kz));

    /// <returns>Where the controller shows something else than its file; null for nowhere.</returns>
    private static string? DifferenceFromProgramme(int seed)
    {
        var street = seed % 2 == 0 ? RandomStreet.Sensible(seed) : RandomStreet.Nonsense(seed);
        var signals = Build(street, ControlClass.Site);
        var cycle = street.Intersection.Program.States.Sum(s => s.DurationMilliseconds) / 1000;
        var begin = new Chance(seed).Between(-500, 5000);
        var controller = new VirtualController(signals, begin);
        for (var second = begin; second < begin + 3 * cycle; second++)
        {
            controller.Step();
            if (controller.State.Second != second) return $"second {controller.State.Second} instead of {second}";
            if (controller.Violation is { } violation) return violation.Text;
            var letters = LettersOfFile(street.Intersection, second);
            if (controller.Letters != letters) return $"{controller.Letters} instead of {letters} at second {second}, {second - begin} s after the start";
        }

        return null;
    }

    /// <summary>Wishes that change now and then, or each second, and sometimes name no phase.</summary>
    /// <param name="clears">All red is to last longer now and then.</param>
    private static List<ImmutableArray<Lamp>> Wishes(IntersectionSignals signals, int seed, int seconds, bool clears = false)
    {
        var chance = new Chance(seed);
        var clearing = new Chance(~seed);
        var restlessness = new[] { 1, 3, 10, 40, 200 }[chance.Below(5)];
        var wish = new PhaseId(1);
        return Run(signals, chance.Between(-50, 50), seconds, _ =>
            chance.OneIn(restlessness) ? wish = new(chance.OneIn(20) ? chance.Between(-3, 30) : chance.Between(1, signals.Phases.Length)) : wish, () => clears && !clearing.OneIn(4));
    }

    private static List<ImmutableArray<Lamp>> Run(IntersectionSignals signals, long begin, int seconds, Func<long, PhaseId> wish, Func<bool>? clears = null)
    {
        var state = SignalDecider.Start(signals, begin);
        var shown = new List<ImmutableArray<Lamp>> { state.Lamps };
        for (var i = 0; i < seconds; i++)
        {
            state = SignalDecider.Advance(signals, state, wish(state.Second + 1), clears: clears?.Invoke() ?? false).State;
            shown.Add(state.Lamps);
        }

        return shown;
    }

    private static string LettersOfFile(Intersection intersection, long second)
    {
        var states = intersection.Program.States;
        long cycle = states.Sum(s => s.DurationMilliseconds);
        var now = ((second * 1000 - intersection.Program.OffsetMilliseconds) % cycle + cycle) % cycle;
        foreach (var state in states)
        {
            if (now < state.DurationMilliseconds) return state.Letters;
            now -= state.DurationMilliseconds;
        }

        throw new InvalidOperationException();
    }
}
