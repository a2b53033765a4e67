namespace TrafficAI.FieldBus.Conformance;

/// <summary>The controller reboots.</summary>
internal static class RestartTrial
{
    private const int StartSeconds = 300;

    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(180);
    private static readonly string[] NeedHands = ["C-BOOT-01", "C-BOOT-02", "C-BOOT-03", "C-BOOT-04", "C-PRES-07"];

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        if (!bench.Has(Hand.Restart))
        {
            foreach (var rule in NeedHands) bench.Findings.NotRun(rule, "give --restart-command");
            return;
        }

        var (boot, epoch) = (bench.Newest.Boot, bench.Epoch);
        var before = bench.Plan(WireLimits.LeaseSeconds, (bench.Target, 0));
        await bench.SendAsync(before, stop);
        await RebootAsync(bench, boot, stop);
        var running = await bench.UntilAsync(Shown.Holds, StartSeconds, stop);
        var old = await bench.SendAsync(before, stop);
        bench.Findings.Check("C-BOOT-02", old == Wire.Outcome.OtherBoot, Said(old));
        bench.NextEpoch(epoch - 1);
        var older = await bench.SendAsync(bench.Plan(WireLimits.LeaseSeconds, (bench.Target, 0)), stop);
        bench.Findings.Check("C-BOOT-03", older == Wire.Outcome.OlderEpoch, $"epoch {epoch - 1} after {epoch}: {Said(older)}");
        bench.NextEpoch(epoch);
        var good = await bench.SendAsync(bench.Plan(60, (bench.Target, 0)), stop);
        bench.Findings.Check("C-BOOT-04", good == Wire.Outcome.Accepted && running is not null, running is null ? "it does not start" : Said(good));
        await bench.PassAsync(5, stop);
    }

    private static async Task RebootAsync(Bench bench, ulong boot, CancellationToken stop)
    {
        var since = bench.Now;
        await bench.DoAsync(Hand.Restart, stop);
        var link = bench.Transcript.Link;
        while (bench.Now - since < BootTime && bench.Newest.Boot == boot) await bench.HearAsync(TimeSpan.FromSeconds(1), stop);
        if (!bench.Findings.Check("C-BOOT-01", bench.Newest.Boot != boot, bench.Newest.Boot != boot ? "another" : $"still boot {boot:x16} after {BootTime.TotalSeconds:0} s"))
            throw new ObstacleException("no other boot was heard");
        var states = bench.Transcript.Presences.Where(presence => presence.Link == link).Select(presence => presence.Message).ToList();
        var gone = states.FindIndex(presence => presence.Boot == boot && presence.State is Wire.Presence.Types.State.Offline or Wire.Presence.Types.State.Shutdown);
        var come = states.FindIndex(presence => presence.Boot == bench.Newest.Boot && presence.State == Wire.Presence.Types.State.Online);
        bench.Findings.Check("C-PRES-07", gone >= 0 && gone < come, $"heard: {string.Join(", ", states.Select(presence => presence.State))}");
    }

    private static string Said(Wire.Outcome? outcome) => outcome?.ToString() ?? "no reply";
}
