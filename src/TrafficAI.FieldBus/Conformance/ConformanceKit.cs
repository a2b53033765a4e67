namespace TrafficAI.FieldBus.Conformance;

/// <summary>What the kit found.</summary>
/// <param name="Firmware">As the presence names it; empty if it named none.</param>
/// <param name="Checksum">Of the configuration, in hexadecimal.</param>
/// <param name="Seconds">Street seconds that were heard, later ones of a backlog included.</param>
/// <param name="Findings">Every rule, in the order of the catalogue.</param>
public sealed record ConformanceReport(string Firmware, string Checksum, long Seconds, IReadOnlyList<Finding> Findings)
{
    /// <summary>Nothing failed, and something passed.</summary>
    public bool IsGood => Count(Verdict.Fail) == 0 && Count(Verdict.Pass) > 0;

    public int Count(Verdict verdict) => Findings.Count(finding => finding.Verdict == verdict);
}

/// <summary>Tests whether a controller keeps the field contract: sends it orders, good and bad, breaks its link, and judges every frame.</summary>
public static class ConformanceKit
{
    /// <param name="at">The controller, with whatever hands there are.</param>
    /// <param name="progress">Called with the name of each trial that begins.</param>
    /// <exception cref="Mqtt.FieldBusException">Something could not be done to the controller.</exception>
    public static async Task<ConformanceReport> RunAsync(IControllerBench at, ConformanceSettings settings, Action<string>? progress, CancellationToken stop)
    {
        var (transcript, findings) = (new Transcript(), new Findings());
        var bench = new Bench(at, settings, transcript, findings);
        foreach (var (name, subjects, run) in Trials())
        {
            progress?.Invoke(name);
            if (!await TryAsync(bench, name, subjects, run, stop)) break;
        }

        Judge(bench);
        var firmware = transcript.Presences.Select(presence => presence.Message.Firmware).LastOrDefault() ?? "";
        return new(firmware, Convert.ToHexStringLower(bench.Checksum.Span), transcript.Frames.Count, findings.All());
    }

    private static (string Name, string[] Subjects, Func<Bench, CancellationToken, Task> Run)[] Trials() =>
    [
        ("arrival", ["TOPIC", "PRES", "CONF", "FRAME", "LAMP", "LOCAL"], ArrivalTrial.RunAsync),
        ("plans", ["PLAN", "DEC"], PlanTrial.RunAsync),
        ("refusals", ["REFUSE", "REPLY"], RefusalTrial.RunAsync),
        ("leases and the clock", ["LEASE", "TIME"], LeaseTrial.RunAsync),
        ("off and on", ["MODE"], ModeTrial.RunAsync),
        ("priority", ["PRIO"], PriorityTrial.RunAsync),
        ("noise", ["NOISE", "ALARM"], NoiseTrial.RunAsync),
        ("a fault", ["FAULT"], FaultTrial.RunAsync),
        ("an outage", ["BACK", "SESS"], OutageTrial.RunAsync),
        ("a reboot", ["BOOT"], RestartTrial.RunAsync),
    ];

    /// <returns>False when it makes no sense to go on.</returns>
    private static async Task<bool> TryAsync(Bench bench, string name, string[] subjects, Func<Bench, CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(bench, stop);
            return true;
        }
        catch (ObstacleException e)
        {
            foreach (var subject in subjects) bench.Findings.Obstacle(subject, $"not reached: {e.Message}");
            return name != "arrival";
        }
        catch (SilenceException e)
        {
            bench.Findings.Fail("C-FRAME-03", $"{e.Message}, during {name}");
            foreach (var rule in Catalogue.Rules) bench.Findings.Obstacle(rule.Subject, $"not reached: {e.Message}, during {name}");
            return false;
        }
    }

    private static void Judge(Bench bench)
    {
        var (transcript, findings) = (bench.Transcript, bench.Findings);
        if (transcript.Frames.Count == 0) return;
        FrameJudge.Judge(transcript, bench.Settings, findings);
        LampJudge.Judge(transcript, bench.Signals, findings);
        StartJudge.Judge(transcript, bench.Settings.Configuration, findings);
        var decider = new DeciderJudge(transcript, bench.Signals, findings);
        decider.Judge();
        OutageTrial.Judge(bench, decider);
        if (bench.PriorityTo > 0)
            findings.Check("C-PRIO-04", decider.WasAsExpected(bench.PriorityFrom.Boot, bench.PriorityFrom.Sequence, bench.PriorityTo), "what was shown from the request to its end");
    }
}
