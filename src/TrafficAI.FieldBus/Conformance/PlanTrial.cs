using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Good plans: taken, obeyed at the second, and never beyond what is safe. What is shown is judged by <see cref="DeciderJudge"/>.</summary>
internal static class PlanTrial
{
    private const int LongLease = 3600;
    private const int PhaseSeconds = 400;
    private const int MostPassages = 12;
    private const int Restless = 40;
    private const int MostEpochs = 62;

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        await FindEpochAsync(bench, stop);
        await bench.PassAsync(3, stop);
        await RepeatAsync(bench, stop);
        if (bench.Signals.Phases.Length > 1)
        {
            await WishAheadAsync(bench, stop);
            await EarlyAsync(bench, stop);
            await TourAsync(bench, stop);
        }

        await RestlessAsync(bench, stop);
        if (bench.Signals.Phases.Length == 1) bench.Findings.NotApplicable("C-PLAN-06", "it has a single phase");
    }

    /// <summary>The lowest epoch, by doubling, that it takes a plan of.</summary>
    private static async Task FindEpochAsync(Bench bench, CancellationToken stop)
    {
        Wire.Outcome? outcome = null;
        for (var tries = 0; tries < MostEpochs; tries++)
        {
            outcome = await bench.SendAsync(bench.Plan(LongLease, (bench.Target, 0)), stop);
            if (outcome is not (Wire.Outcome.OlderEpoch or Wire.Outcome.Stale)) break;
            bench.NextEpoch(bench.Epoch * 2);
        }

        if (!bench.Findings.Check("C-PLAN-01", outcome == Wire.Outcome.Accepted, $"a plan of epoch {bench.Epoch}: {Said(outcome)}"))
            throw new ObstacleException($"no plan is accepted: {Said(outcome)}");
        bench.NextEpoch(bench.Epoch + 1);
        await AcceptedAsync(bench, bench.Plan(LongLease, (bench.Target, 0)), stop);
    }

    private static async Task RepeatAsync(Bench bench, CancellationToken stop)
    {
        var plan = bench.Plan(LongLease, (bench.Target, 0));
        await AcceptedAsync(bench, plan, stop);
        await bench.PassAsync(2, stop);
        var again = await bench.SendAsync(plan, stop);
        bench.Findings.Check("C-PLAN-05", again == Wire.Outcome.Accepted, $"the same bytes again: {Said(again)}");
    }

    /// <summary>A wish for a phase some seconds ahead, once the running one has had its time.</summary>
    private static async Task WishAheadAsync(Bench bench, CancellationToken stop)
    {
        var (from, to) = (bench.Target, Next(bench, bench.Target));
        await bench.PassAsync(20, stop);
        await AcceptedAsync(bench, bench.Plan(LongLease, (from, 0), (to, 6)), stop);
        await ReachAsync(bench, to, stop);
    }

    /// <summary>A wish right after a phase has begun, and one back in the middle of a passage.</summary>
    private static async Task EarlyAsync(Bench bench, CancellationToken stop)
    {
        var (from, to) = (bench.Target, Next(bench, bench.Target));
        var outcome = await bench.SendAsync(bench.Plan(LongLease, (to, 0)), stop);
        var granted = await bench.UntilAsync(frame => frame.NextPhase == to.Number || frame.Phase == to.Number, PhaseSeconds, stop);
        bench.Findings.Check("C-PLAN-06", outcome == Wire.Outcome.Accepted && granted is not null, $"the plan: {Said(outcome)}; the wish {(granted is null ? "was never granted" : "was granted")}");
        await AcceptedAsync(bench, bench.Plan(LongLease, (from, 0)), stop);
        await ReachAsync(bench, to, stop, atPassageEnd: true);
        await ReachAsync(bench, from, stop);
    }

    /// <summary>Through all passages, if they are not too many; else once round. All red is lengthened as far as it may be.</summary>
    private static async Task TourAsync(Bench bench, CancellationToken stop)
    {
        var phases = bench.Signals.Phases;
        var all = phases.Length * (phases.Length - 1) <= MostPassages;
        var open = phases.SelectMany(from => phases.Where(to => to != from && (all || to.Id == Next(bench, from.Id))).Select(to => (From: from.Id, To: to.Id))).ToList();
        while (open.Count > 0)
        {
            var here = bench.Target;
            var leg = open.FirstOrDefault(passage => passage.From == here, open[0]);
            open.Remove(leg);
            foreach (var to in leg.From == here ? [leg.To] : new[] { leg.From, leg.To })
            {
                await AcceptedAsync(bench, Asking(bench, bench.Plan(LongLease, (to, 0)), LongLease), stop);
                await ReachAsync(bench, to, stop);
            }
        }
    }

    private static async Task RestlessAsync(Bench bench, CancellationToken stop)
    {
        var phases = bench.Signals.Phases.Length;
        for (var i = 0; i < Restless; i++)
        {
            var plan = bench.Plan(LongLease, (PhaseId.OfIndex(i % phases), 0), (PhaseId.OfIndex(i / 3 % phases), 1));
            var outcome = await bench.SendAsync(Asking(bench, plan, i % 3), stop);
            bench.Findings.Check("C-PLAN-07", outcome == Wire.Outcome.Accepted, outcome == Wire.Outcome.Accepted ? $"{Restless} plans" : $"plan {i + 1} of {Restless}: {Said(outcome)}");
        }
    }

    /// <summary>Asks for longer all red during so many seconds, where the configuration allows it.</summary>
    private static Wire.Plan Asking(Bench bench, Wire.Plan plan, int seconds)
    {
        if (bench.Signals.AllRedExtensionSeconds > 0) plan.AllRedUntil = (uint)seconds;
        return plan;
    }

    private static async Task AcceptedAsync(Bench bench, Wire.Plan plan, CancellationToken stop)
    {
        var outcome = await bench.SendAsync(plan, stop);
        if (!bench.Findings.Check("C-PLAN-01", outcome == Wire.Outcome.Accepted, $"plan {plan.Head.Sequence}: {Said(outcome)}"))
            throw new ObstacleException($"a good plan is not accepted: {Said(outcome)}");
    }

    private static async Task ReachAsync(Bench bench, PhaseId phase, CancellationToken stop, bool atPassageEnd = false)
    {
        if (await bench.UntilAsync(frame => frame.Phase == phase.Number && (frame.NextPhase == 0 || atPassageEnd), PhaseSeconds, stop) is not null) return;
        bench.Findings.Fail("C-PLAN-03", $"phase {phase} was wanted and has not come in {PhaseSeconds} s");
        throw new ObstacleException($"it does not come to phase {phase}");
    }

    private static PhaseId Next(Bench bench, PhaseId phase) => PhaseId.OfIndex((phase.Index + 1) % bench.Signals.Phases.Length);

    private static string Said(Wire.Outcome? outcome) => outcome?.ToString() ?? "no reply";
}
