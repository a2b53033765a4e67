namespace TrafficAI.FieldBus.Conformance;

/// <summary>The device fails, and somebody releases it at the cabinet.</summary>
internal static class FaultTrial
{
    private const int Soon = 60;
    private const int StartSeconds = 300;

    private static readonly string[] NeedHands = ["C-FAULT-01", "C-FAULT-02", "C-FAULT-03", "C-FAULT-04", "C-FAULT-05"];

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        if (!bench.Has(Hand.Fail) || !bench.Has(Hand.Release))
        {
            foreach (var rule in NeedHands) bench.Findings.NotRun(rule, "give --fault-command and --release-command");
            return;
        }

        var first = bench.Transcript.Alarms.Count;
        await bench.DoAsync(Hand.Fail, stop);
        await bench.UntilAsync(frame => frame.Mode == Wire.ControlMode.Fault, Soon, stop);
        await bench.PassAsync(2, stop);
        Flashing(bench);
        await RefusalsAsync(bench, stop);
        var begun = bench.Transcript.Alarms.Skip(first).Select(alarm => alarm.Message).FirstOrDefault(alarm => alarm.Active && IsOfDevice(alarm));
        if (bench.Has(Hand.Cut)) await StandingAsync(bench, begun, stop);
        await ReleaseAsync(bench, begun, stop);
    }

    /// <summary>Whether an alarm may tell of a failure of the device.</summary>
    public static bool IsOfDevice(Wire.Alarm alarm) => alarm.Kind is Wire.Alarm.Types.Kind.Violation or Wire.Alarm.Types.Kind.Lamp or Wire.Alarm.Types.Kind.Supply;

    private static void Flashing(Bench bench)
    {
        var flashes = Shown.LampsOf(bench.Newest).SequenceEqual(ConfigurationReader.Lamps(bench.Settings.Configuration.Flashing));
        bench.Findings.Check("C-FAULT-01", flashes && bench.Newest.Mode == Wire.ControlMode.Fault, $"mode {bench.Newest.Mode}, lamps {Shown.Letters(Shown.LampsOf(bench.Newest))}");
    }

    private static async Task RefusalsAsync(Bench bench, CancellationToken stop)
    {
        var plan = await bench.SendAsync(bench.Plan(60, (bench.Target, 0)), stop);
        bench.Findings.Check("C-FAULT-02", plan == Wire.Outcome.Fault, plan?.ToString() ?? "no reply");
        var off = new Wire.ModeRequest { Head = bench.Head(MessageKind.Mode), Wish = Wire.ModeRequest.Types.Wish.Off, Reason = "conformance test" };
        var mode = (await bench.SendAsync(MessageKind.Mode, off.Head, off, stop))?.Outcome;
        bench.Findings.Check("C-FAULT-03", mode == Wire.Outcome.Fault, mode?.ToString() ?? "no reply");
    }

    /// <summary>The link breaks for a moment while the alarm stands.</summary>
    private static async Task StandingAsync(Bench bench, Wire.Alarm? begun, CancellationToken stop)
    {
        await OutageTrial.CutOffAsync(bench, stop);
        await OutageTrial.PassAsync(bench, 3, stop);
        await bench.DoAsync(Hand.Mend, stop);
        var link = bench.Transcript.Link;
        await OutageTrial.ComeBackAsync(bench, stop);
        await bench.PassAsync(2, stop);
        var again = bench.Transcript.Alarms.Any(alarm => alarm.Link == link && alarm.Message.Active && begun is not null && alarm.Message.Kind == begun.Kind);
        bench.Findings.Check("C-ALARM-03", again, begun is null ? "no alarm stood" : $"{begun.Kind} {(again ? "was" : "was not")} said again");
    }

    private static async Task ReleaseAsync(Bench bench, Wire.Alarm? begun, CancellationToken stop)
    {
        var (frames, alarms) = (bench.Transcript.Frames.Count, bench.Transcript.Alarms.Count);
        await bench.DoAsync(Hand.Release, stop);
        var running = await bench.UntilAsync(Shown.Holds, StartSeconds, stop);
        var departure = ModeTrial.Starting(bench, frames);
        bench.Findings.Check("C-FAULT-05", running?.Mode == Wire.ControlMode.Local && departure is null, departure ?? (running is null ? "it does not start" : $"mode {running.Mode}"));
        var ended = bench.Transcript.Alarms.Skip(alarms).Any(alarm => !alarm.Message.Active && begun is not null && alarm.Message.Kind == begun.Kind);
        bench.Findings.Check("C-FAULT-04", begun is not null && ended, begun is null ? "none began" : $"{begun.Kind} {(ended ? "began and ended" : "has not ended")}");
    }
}
