namespace TrafficAI.FieldBus.Conformance;

/// <summary>A lease ends at its second, whatever is said meanwhile.</summary>
internal static class LeaseTrial
{
    private const int ShortLease = 12;
    private const int Tries = 4;
    private const int LongestTried = 100;
    private const int Late = 8;

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        await RepeatedAsync(bench, stop);
        await BackAsync(bench, stop);
        await LateAsync(bench, stop);
        await TimeAsync(bench, stop);
    }

    private static async Task RepeatedAsync(Bench bench, CancellationToken stop)
    {
        var (plan, again) = await AgainAsync(bench, stop);
        var end = await EndAsync(bench, plan, stop);
        bench.Findings.Check("C-LEASE-02", again == Wire.Outcome.Accepted && end == Expected(plan), $"sent again ({again}), a lease of {plan.LeaseSeconds} s ended after {end - (long)plan.BaseSequence - 1} s");
    }

    /// <summary>A plan and, halfway through its lease, the answer to the very same one; with a longer lease where that came too late.</summary>
    private static async Task<(Wire.Plan Plan, Wire.Outcome? Again)> AgainAsync(Bench bench, CancellationToken stop)
    {
        for (var lease = ShortLease; ; lease *= 3)
        {
            var plan = await HoldAsync(bench, lease, 0, stop);
            await bench.PassAsync((int)plan.LeaseSeconds / 2, stop);
            var again = await bench.SendAsync(plan, stop);
            if (again != Wire.Outcome.LeaseExpired || lease > LongestTried) return (plan, again);
        }
    }

    private static async Task LateAsync(Bench bench, CancellationToken stop)
    {
        var plan = await HoldAsync(bench, ShortLease + Late, Late, stop);
        var end = await EndAsync(bench, plan, stop);
        bench.Findings.Check("C-LEASE-03", end == Expected(plan), $"{Late} s late, a lease of {plan.LeaseSeconds} s ended {end - (long)plan.BaseSequence - 1} s after its base frame");
    }

    /// <summary>Under the local plan until each of its steps has come once.</summary>
    private static async Task BackAsync(Bench bench, CancellationToken stop)
    {
        var local = bench.Signals.LocalPlan;
        var wanted = local.Steps.Select(step => step.Phase).ToHashSet();
        for (var second = 0; second < 3 * local.CycleSeconds && wanted.Count > 0; second++)
        {
            var frame = await bench.FrameAsync(stop);
            if (frame.Mode == Wire.ControlMode.Local && frame.NextPhase == 0) wanted.Remove(new((int)frame.Phase));
        }

        bench.Findings.Check("C-LEASE-04", wanted.Count == 0, wanted.Count == 0 ? "every phase of the local plan has come" : $"in three cycles phase {wanted.First()} has not come");
    }

    private static async Task TimeAsync(Bench bench, CancellationToken stop)
    {
        const long Ahead = 86_400_000;
        var plan = await HoldAsync(bench, ShortLease, 0, stop);
        var (from, offset) = (bench.Newest, bench.Newest.Second - (long)bench.Newest.Sequence);
        var wall = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var reply = await SetAsync(bench, wall + Ahead, stop);
        await bench.PassAsync(2, stop);
        var set = bench.Newest.Clock;
        var end = await EndAsync(bench, plan, stop);
        var moved = bench.Newest.Second - (long)bench.Newest.Sequence != offset || bench.Newest.Boot != from.Boot;
        bench.Findings.Check("C-TIME-01", reply is Wire.Outcome.Accepted or Wire.Outcome.NotSupported, reply?.ToString() ?? "no reply");
        bench.Findings.Check("C-TIME-02", !moved && !bench.Findings.Has("C-FRAME-02", Verdict.Fail), $"second and sequence are {bench.Newest.Second - (long)bench.Newest.Sequence} apart, {offset} before");
        bench.Findings.Check("C-TIME-03", end == Expected(plan), $"a lease of {plan.LeaseSeconds} s ended after {end - (long)plan.BaseSequence - 1} s");
        Clock(bench, reply, wall + Ahead, set);
        await SetAsync(bench, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), stop);
    }

    private static void Clock(Bench bench, Wire.Outcome? reply, long ordered, Wire.WallClock? shown)
    {
        const long Near = 3_600_000;
        if (reply != Wire.Outcome.Accepted) bench.Findings.NotApplicable("C-TIME-04", "its clock is not set from afar");
        else if (shown is null) bench.Findings.NotApplicable("C-TIME-04", "its frames bear no wall clock");
        else bench.Findings.Check("C-TIME-04", Math.Abs(shown.UnixMilliseconds - ordered) < Near, $"{(shown.UnixMilliseconds - ordered) / 1000} s from what was ordered");
    }

    private static async Task<Wire.Outcome?> SetAsync(Bench bench, long unixMilliseconds, CancellationToken stop)
    {
        var order = new Wire.TimeOrder { Head = bench.Head(MessageKind.Time), UnixMilliseconds = unixMilliseconds };
        return (await bench.SendAsync(MessageKind.Time, order.Head, order, stop))?.Outcome;
    }

    /// <summary>A plan for what runs; where the lease is over before the plan arrives, a longer one.</summary>
    private static async Task<Wire.Plan> HoldAsync(Bench bench, int lease, uint age, CancellationToken stop)
    {
        Wire.Outcome? outcome = null;
        for (var tries = 0; tries < Tries; tries++, lease *= 3)
        {
            var plan = bench.Plan(lease, (bench.Target, 0));
            plan.BaseSequence -= Math.Min(age, plan.BaseSequence);
            outcome = await bench.SendAsync(plan, stop);
            if (outcome == Wire.Outcome.Accepted) return plan;
        }

        throw new ObstacleException($"a good plan is not accepted: {outcome}");
    }

    /// <summary>Sequence of the first frame after the receipt that is not of the plan any more.</summary>
    private static async Task<long> EndAsync(Bench bench, Wire.Plan plan, CancellationToken stop)
    {
        var after = bench.Transcript.Plans.Last(accepted => accepted.Plan == plan).After;
        await bench.UntilAsync(_ => First(bench, plan, after) is not null, (int)plan.LeaseSeconds + 10, stop);
        return First(bench, plan, after) is { } first ? (long)first.Sequence : long.MaxValue;
    }

    private static Wire.Frame? First(Bench bench, Wire.Plan plan, ulong after) => bench.Transcript.Frames.Select(heard => heard.Frame)
        .FirstOrDefault(frame => frame.Boot == plan.Head.Boot && frame.Sequence > after && frame.Mode != Wire.ControlMode.Plan);

    /// <summary>With n the newest frame the plan is obeyed while n − base is less than the lease, which the frame after shows.</summary>
    private static long Expected(Wire.Plan plan) => (long)plan.BaseSequence + plan.LeaseSeconds + 1;
}
