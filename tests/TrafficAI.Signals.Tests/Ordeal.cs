namespace TrafficAI.Signals.Tests;

/// <summary>One controller at a random intersection in a random class and profile, under everything that can go wrong: nonsense plans, lost,
/// late and doubled ones, nonsense calls, restarts, power cuts, lamp failures, hands on the switch, a clock that jumps.</summary>
internal sealed class Ordeal
{
    private readonly Chance chance;
    private readonly IntersectionSignals signals;
    private readonly Sentinel sentinel;
    private readonly int restlessness;
    private readonly OrdealCounts counts;
    private VirtualController controller;
    private PhasePlan? earlier;
    private Calls calls;
    private long epoch;
    private bool cut;
    private string? fault;

    private Ordeal(int seed, OrdealCounts counts)
    {
        chance = new(seed);
        this.counts = counts;
        signals = AnySignals(seed);
        controller = new(signals, chance.Between(-1000, 1000));
        sentinel = new(signals, controller.Lamps);
        restlessness = new[] { 1, 4, 12, 40 }[chance.Below(4)];
    }

    /// <summary>Lets a controller go through it.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <returns>The first thing that was unsafe, or null.</returns>
    public static string? Run(int seed, int seconds, OrdealCounts counts)
    {
        var ordeal = new Ordeal(seed, counts);
        for (var second = 0; second < seconds; second++)
        {
            if (ordeal.Second() is { } unsafeState) return $"seed {seed}, second {second}: {unsafeState}\n{History(seed, second)}";
        }

        counts.Seconds += seconds;
        counts.Greens += ordeal.sentinel.Greens;
        return null;
    }

    /// <summary>The last seconds before a failure, from a second run.</summary>
    private static string History(int seed, int last)
    {
        var ordeal = new Ordeal(seed, new());
        var lines = new List<string>();
        for (var second = 0; second <= last; second++)
        {
            ordeal.Second();
            var state = ordeal.controller.State;
            if (second > last - 50)
                lines.Add($"{state.Second} {ordeal.controller.Letters} {string.Join(',', state.Lamps)} {ordeal.controller.Mode} {state.Phase}>{state.Next} {state.Elapsed}");
        }

        return string.Join('\n', lines);
    }

    private string? Second()
    {
        if (chance.OneIn(restlessness)) Send();
        if (chance.OneIn(64)) Mischief();
        controller.Step(calls);
        fault ??= sentinel.See(controller.Lamps, cut);
        cut = false;
        return fault ?? controller.Violation?.Text;
    }

    private void Send()
    {
        if (chance.OneIn(8)) return; // lost
        var again = earlier is not null && chance.OneIn(6);
        var fresh = again ? earlier! : Plans.Any(chance, signals, controller.Second + 1);
        var plan = again ? fresh : fresh with { Epoch = epoch + (chance.OneIn(200) ? 1 : 0) };
        if (chance.OneIn(4)) earlier = plan;
        counts.Count(controller.Accept(plan));
    }

    private void Mischief()
    {
        switch (chance.Below(40))
        {
            case < 6: Clock(chance.OneIn(2) ? chance.Between(-3, 3) : chance.Between(-5000, 5000)); break;
            case < 10: Restart(); break;
            case 10: PowerCut(); break;
            case 11: Fail(); break;
            case 12: controller.SwitchOff(); break;
            case < 24: controller.SwitchOn(); break;
            case < 32: controller.Release(); break;
            case < 36: epoch += 2; break; // another server
            default: calls = AnyCalls(); break;
        }
    }

    private void Clock(int by)
    {
        controller.SetClock(controller.Second + 1 + by);
        if (chance.OneIn(2)) epoch += 2;
        counts.ClockJumps++;
    }

    /// <summary>The device goes on from what it showed; now and then from a picture in which a lamp is wrong, which it must not trust.</summary>
    private void Restart()
    {
        var state = controller.State;
        var wrong = chance.OneIn(8) && signals.Phases.Length > 1;
        if (wrong) state = state with { Phase = new(chance.Between(-1, 9)), Elapsed = chance.Between(-1, 9) };
        var own = SignalDecider.IsOwn(signals, state);
        if (own && wrong) return; // by chance a picture that could be true
        controller = VirtualController.Resume(signals, state);
        cut = !own && !state.Lamps.All(lamp => lamp is Lamp.Dark or Lamp.FlashingAmber);
        counts.Restarts++;
    }

    private void PowerCut()
    {
        controller = VirtualController.ColdStart(signals, controller.Second + 1 + chance.Below(100));
        fault ??= sentinel.See(controller.Lamps, cut: true);
        counts.PowerCuts++;
    }

    private void Fail()
    {
        controller.Fail();
        cut = true;
        counts.Failures++;
    }

    private Calls AnyCalls() => chance.OneIn(3) ? default : new([.. signals.Groups.Select(_ => chance.Below(4) switch
    {
        0 => Calls.FromRed,
        1 => Calls.Nobody,
        2 => controller.Second - chance.Below(200),
        _ => controller.Second + chance.Between(-5, 50),
    })]);

    private static IntersectionSignals AnySignals(int seed)
    {
        var chance = new Chance(~seed);
        var controlClass = (ControlClass)chance.Below(4);
        var profile = chance.OneIn(2) ? SignalProfile.Kz : SignalProfile.OfProgramme;
        var (network, intersection) = chance.Below(10) switch
        {
            0 => TestStreet.Make(Streets.TwoRoads, Streets.TwoRoadsFoes, Streets.TwoRoadsProgramme),
            1 => TestStreet.Make(Streets.Full, Streets.FullFoes, Streets.FullProgramme),
            2 => RandomStreet.Nonsense(seed),
            _ => RandomStreet.Sensible(seed, fractions: chance.OneIn(3)),
        };
        return SignalsBuilder.Build(network, intersection, controlClass, profile) with { AllRedExtensionSeconds = chance.OneIn(2) ? chance.Between(1, 10) : 0 };
    }
}

/// <summary>What the ordeals came to, so that a soak shows that it tested something.</summary>
internal sealed class OrdealCounts
{
    private readonly long[] replies = new long[Enum.GetValues<PlanReply>().Length];

    public long Seconds { get; set; }

    public long Greens { get; set; }

    public long ClockJumps { get; set; }

    public long Restarts { get; set; }

    public long PowerCuts { get; set; }

    public long Failures { get; set; }

    public void Count(PlanReply reply) => replies[(int)reply]++;

    public long Of(PlanReply reply) => replies[(int)reply];

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Seconds:N0} controller-seconds, {Greens:N0} greens, {Of(PlanReply.Accepted):N0} plans accepted and {replies.Sum() - Of(PlanReply.Accepted):N0} refused, "
        + $"{ClockJumps:N0} clock jumps, {Restarts:N0} restarts, {PowerCuts:N0} power cuts, {Failures:N0} lamp failures");
}
