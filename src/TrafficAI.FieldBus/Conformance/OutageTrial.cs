namespace TrafficAI.FieldBus.Conformance;

/// <summary>The link is gone for a while: what the broker says meanwhile, how the controller comes back, and what it tells of the time between.</summary>
internal static class OutageTrial
{
    private const int FullBacklog = 600;
    private const int LeastOutageForAll = 620;

    /// <summary>Frames that may have been on their way when the link broke, at the least.</summary>
    private const int OnTheirWay = 3;

    /// <summary>The longest that a controller may take to see that its link has broken, where it can see it at once.</summary>
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WillTime = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan BackTime = TimeSpan.FromSeconds(65);

    private static readonly string[] NeedHands =
    [
        "C-PRES-05", "C-PRES-06", "C-BACK-01", "C-BACK-02", "C-BACK-03", "C-BACK-04", "C-BACK-05", "C-BACK-06", "C-BACK-07", "C-SESS-01", "C-SESS-02", "C-ALARM-03",
    ];

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        if (!bench.Has(Hand.Cut))
        {
            foreach (var rule in NeedHands) bench.Findings.NotRun(rule, "let the controller connect to --relay PORT");
            return;
        }

        if (!bench.Has(Hand.Fail)) bench.Findings.NotRun("C-ALARM-03", "give --fault-command and --release-command");
        await bench.SendAsync(bench.Plan(bench.Settings.OutageSeconds / 2, (bench.Target, 0)), stop);
        await bench.PassAsync(3, stop);
        var last = bench.Newest;
        await CutAsync(bench, last, stop);
        var retained = await LeaveRetainedAsync(bench, stop);
        await bench.DoAsync(Hand.Mend, stop);
        await BackAsync(bench, last, stop);
        await CollectAsync(bench, stop);
        await RetainedAsync(bench, retained, stop);
        bench.Outage = (last.Boot, bench.Transcript.Link);
    }

    /// <summary>Lets street seconds pass without frames.</summary>
    public static async Task PassAsync(Bench bench, int seconds, CancellationToken stop)
    {
        var end = bench.Now + (bench.Settings.Second ?? TimeSpan.FromSeconds(1)) * seconds;
        while (bench.Now < end) await bench.HearAsync(end - bench.Now, stop);
    }

    /// <summary>The first frame after the link could come about again.</summary>
    /// <exception cref="ObstacleException">There is none.</exception>
    public static async Task<HeardFrame> ComeBackAsync(Bench bench, CancellationToken stop)
    {
        var (since, link, transcript) = (bench.Now, bench.Transcript.Link, bench.Transcript);
        while (bench.Now - since < BackTime && !transcript.Frames.Any(heard => heard.Link == link && !heard.IsLate)) await bench.HearAsync(TimeSpan.FromSeconds(1), stop);
        var frame = transcript.Frames.FirstOrDefault(heard => heard.Link == link && !heard.IsLate);
        bench.Findings.Check("C-SESS-01", frame is not null, frame is null ? $"no frame {BackTime.TotalSeconds:0} s after the broker was there again" : $"after {(frame.At - since).TotalSeconds:0.0} s");
        return frame ?? throw new ObstacleException("it does not come back");
    }

    /// <summary>Breaks the link, and waits for what the broker says of it: all that came before has been heard then.</summary>
    /// <returns>The last will; null when it has not come.</returns>
    public static async Task<Wire.Presence?> CutOffAsync(Bench bench, CancellationToken stop)
    {
        await bench.DoAsync(Hand.Cut, stop);
        var (since, link) = (bench.Now, bench.Transcript.Link);
        while (bench.Now - since < WillTime && !bench.Transcript.Presences.Any(presence => presence.Link == link)) await bench.HearAsync(TimeSpan.FromSeconds(1), stop);
        return bench.Transcript.Presences.LastOrDefault(presence => presence.Link == link).Message;
    }

    private static async Task CutAsync(Bench bench, Wire.Frame last, CancellationToken stop)
    {
        var will = await CutOffAsync(bench, stop);
        bench.Findings.Check(
            "C-PRES-05", will is { State: Wire.Presence.Types.State.Offline } && will.Boot == last.Boot,
            will is null ? $"no presence in {WillTime.TotalSeconds:0} s" : $"state {will.State}, boot {will.Boot:x16}");
        await PassAsync(bench, bench.Settings.OutageSeconds, stop);
    }

    /// <summary>A good plan that stands at the broker when the controller comes back.</summary>
    private static async Task<Wire.Plan> LeaveRetainedAsync(Bench bench, CancellationToken stop)
    {
        var plan = bench.Plan(WireLimits.LeaseSeconds, (bench.Target, 0));
        await bench.ThrowAsync(MessageKind.Plan, bench.Sealed(MessageKind.Plan, plan), retain: true, stop);
        return plan;
    }

    private static async Task BackAsync(Bench bench, Wire.Frame last, CancellationToken stop)
    {
        var (frame, link, transcript) = (await ComeBackAsync(bench, stop), bench.Transcript.Link, bench.Transcript);
        var online = transcript.Presences.Find(presence => presence.Link == link);
        var configuration = transcript.Configurations.Find(configuration => configuration.Link == link);
        var first = online.Message is { State: Wire.Presence.Types.State.Online } && online.Message.Boot == last.Boot && configuration.Payload is not null
            && online.At <= configuration.At && configuration.At <= frame.At;
        bench.Findings.Check("C-PRES-06", first, online.Message is null ? "no presence" : configuration.Payload is null ? "no configuration" : $"{online.Message.State}, configuration, frames: {(first ? "in this order" : "in another order")}");
    }

    private static async Task CollectAsync(Bench bench, CancellationToken stop)
    {
        var link = bench.Transcript.Link;
        var messages = bench.Settings.OutageSeconds / WireLimits.BacklogFrames + 60;
        await bench.UntilAsync(_ => bench.Transcript.Backlogs.Any(backlog => backlog.Link == link && backlog.Message.Done), messages, stop);
        await bench.PassAsync(5, stop);
    }

    private static async Task RetainedAsync(Bench bench, Wire.Plan plan, CancellationToken stop)
    {
        var obeyed = bench.Newest.Plan is { } name && name.Epoch == plan.Head.Epoch && name.Sequence == plan.Head.Sequence;
        bench.Findings.Check("C-SESS-02", !obeyed && bench.Newest.Mode == Wire.ControlMode.Local, $"mode {bench.Newest.Mode} with a retained plan at the broker");
        await bench.AskAsync(MessageKind.Plan, [], stop, retain: true);
    }

    /// <summary>Judges the backlog when all has been heard.</summary>
    public static void Judge(Bench bench, DeciderJudge decider)
    {
        var (boot, link) = bench.Outage;
        if (boot == 0) return;
        var findings = bench.Findings;
        var backlogs = bench.Transcript.Backlogs.Where(backlog => backlog.Link == link).ToList();
        var late = bench.Transcript.Frames.Where(heard => heard.Link == link && heard.IsLate).Select(heard => heard.Frame).ToList();
        var live = bench.Transcript.Frames.First(heard => heard.Link == link && !heard.IsLate).Frame;
        var before = bench.Transcript.Frames.Where(heard => heard.Link < link && !heard.IsLate && heard.Frame.Boot == boot).MaxBy(heard => heard.Frame.Sequence)!.Frame;
        Frames(findings, late, before.Sequence, live, bench.Settings);
        Messages(findings, backlogs);
        Times(findings, late, before, live);
        var ended = late.Any(frame => frame.Mode == Wire.ControlMode.Plan) && late.Any(frame => frame.Mode == Wire.ControlMode.Local);
        findings.Check(
            "C-BACK-06", ended && decider.WasAsExpected(boot, before.Sequence + 1, live.Sequence),
            !ended ? "its frames do not show the end of the lease" : $"{late.Count} s, {(decider.WasAsExpected(boot, before.Sequence + 1, live.Sequence) ? "all" : "not all")} as the decider has it");
    }

    private static void Frames(Findings findings, List<Wire.Frame> late, ulong last, Wire.Frame live, ConformanceSettings settings)
    {
        var (outage, onTheirWay) = (settings.OutageSeconds, Math.Max(OnTheirWay, (int)(NoticeTime / (settings.Second ?? NoticeTime))));
        var newest = late.Count > 0 ? late[^1].Sequence : 0;
        if (outage < LeastOutageForAll) findings.NotRun("C-BACK-05", $"give --outage {LeastOutageForAll}");
        else findings.Check("C-BACK-05", late.Count >= FullBacklog && newest + (ulong)onTheirWay >= live.Sequence, $"{late.Count} frames, the newest {newest}, live again from {live.Sequence}");
        var missed = (long)(live.Sequence - last) - 1;
        var rises = late.Zip(late.Skip(1)).All(pair => pair.Second.Sequence == pair.First.Sequence + 1);
        var whole = late.Count >= Math.Min(missed, FullBacklog) - onTheirWay && newest + (ulong)onTheirWay >= live.Sequence;
        findings.Check("C-BACK-01", rises && whole, $"{late.Count} frames of {missed}{(rises ? "" : ", not one after the other")}");
    }

    private static void Messages(Findings findings, List<HeardBacklog> backlogs)
    {
        if (backlogs.Count == 0) return;
        var apart = backlogs.Zip(backlogs.Skip(1)).Select(pair => pair.Second.AfterFrames - pair.First.AfterFrames).DefaultIfEmpty(1).Min();
        findings.Check("C-BACK-02", apart >= 1 && backlogs.All(b => b.Message.Frames.Count <= WireLimits.BacklogFrames), $"{backlogs.Count} messages, at the least {apart} frames apart");
        var done = backlogs.Count(backlog => backlog.Message.Done);
        findings.Check("C-BACK-03", done == 1 && backlogs[^1].Message.Done, $"{done} of {backlogs.Count} messages say done");
    }

    private static void Times(Findings findings, List<Wire.Frame> late, Wire.Frame last, Wire.Frame live)
    {
        if (late.Count == 0) return;
        var offset = last.Second - (long)last.Sequence;
        var clocks = late.Prepend(last).Append(live).Select(frame => frame.Clock?.UnixMilliseconds).ToList();
        var steps = clocks.Zip(clocks.Skip(1)).ToList();
        var rising = clocks.All(clock => clock is null) || (steps.All(pair => pair.First <= pair.Second) && steps.Count(pair => pair.First < pair.Second) > steps.Count / 2);
        var own = late.All(frame => frame.Second - (long)frame.Sequence == offset && frame.Sequence < live.Sequence);
        findings.Check("C-BACK-04", own && rising, own ? rising ? "as when they were made" : "their wall clocks do not rise from frame to frame" : "their seconds or sequences are not their own");
    }
}
