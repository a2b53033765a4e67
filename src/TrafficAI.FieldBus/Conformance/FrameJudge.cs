namespace TrafficAI.FieldBus.Conformance;

/// <summary>Judges what frames say of themselves and of one another.</summary>
internal static class FrameJudge
{
    private const int RunFrames = 20;
    private const double Tolerance = 0.1;

    public static void Judge(Transcript transcript, ConformanceSettings settings, Findings findings)
    {
        var allRed = new AllRedJudge(ConfigurationReader.Read(settings.Configuration), transcript.Minor, findings);
        InOrder(transcript, findings);
        Pace(transcript, settings, findings);
        foreach (var boot in transcript.Boots())
        {
            Seconds(boot, findings);
            foreach (var heard in boot) Content(heard.Frame, settings.Configuration, findings);
            foreach (var (before, now) in boot.Zip(boot.Skip(1)))
                if (now.Frame.Sequence == before.Frame.Sequence + 1) Ages(before.Frame, now.Frame, allRed, findings);
        }
    }

    private static void InOrder(Transcript transcript, Findings findings)
    {
        var live = transcript.Frames.Where(heard => !heard.IsLate).ToList();
        foreach (var (before, now) in live.Zip(live.Skip(1)))
        {
            if (before.Link != now.Link || before.Frame.Boot != now.Frame.Boot) continue;
            var (a, b) = (before.Frame.Sequence, now.Frame.Sequence);
            findings.Check("C-FRAME-02", b == a + 1, b == a + 1 ? $"{live.Count} frames" : $"after frame {a} came {b}");
        }
    }

    private static void Pace(Transcript transcript, ConformanceSettings settings, Findings findings)
    {
        if (settings.Second is not { } second)
        {
            findings.NotApplicable("C-FRAME-03", "its seconds wait for somebody");
            return;
        }

        foreach (var run in transcript.Frames.Where(heard => !heard.IsLate).GroupBy(heard => (heard.Frame.Boot, heard.Link)).Select(run => run.ToList()))
        {
            if (run.Count < RunFrames) continue;
            var mean = (run[^1].At - run[0].At) / (run.Count - 1) / second;
            findings.Check("C-FRAME-03", Math.Abs(mean - 1) <= Tolerance, FormattableString.Invariant($"a frame each {mean:0.00} street seconds over {run.Count} frames"));
        }
    }

    private static void Seconds(IReadOnlyList<HeardFrame> boot, Findings findings)
    {
        var offset = boot[0].Frame.Second - (long)boot[0].Frame.Sequence;
        foreach (var heard in boot)
        {
            var counts = heard.Frame.Second - (long)heard.Frame.Sequence == offset;
            findings.Check("C-FRAME-04", counts, counts ? "all frames" : $"frame {heard.Frame.Sequence} names second {heard.Frame.Second}, not {offset + (long)heard.Frame.Sequence}");
        }
    }

    private static void Content(Wire.Frame frame, Wire.Configuration configuration, Findings findings)
    {
        var phases = configuration.Phases.Count;
        Check("C-FRAME-05", frame.Lamps.Count == configuration.Groups.Count && frame.Phase <= phases && frame.NextPhase <= phases,
            $"{frame.Lamps.Count} lamps for {configuration.Groups.Count} groups, phase {frame.Phase}, next {frame.NextPhase}");
        var cycle = (frame.Second - configuration.LocalPlan.OffsetSeconds) % configuration.LocalPlan.CycleSeconds;
        if (cycle < 0) cycle += configuration.LocalPlan.CycleSeconds;
        Check("C-FRAME-09", frame.CycleSecond == cycle, $"second {frame.Second} is second {cycle} of the cycle, not {frame.CycleSecond}");
        Check("C-FRAME-10", frame.Detectors.Count == configuration.Detectors.Count, $"{frame.Detectors.Count} readings for {configuration.Detectors.Count} detectors");
        Check("C-FRAME-11", InOrder(frame), "its objects are out of order");
        Check("C-FAULT-06", frame.Violation is null || frame.Mode == Wire.ControlMode.Fault, $"it reports a violation in mode {frame.Mode}");

        void Check(string rule, bool holds, string found) => findings.Check(rule, holds, holds ? "all frames" : $"frame {frame.Sequence}: {found}");
    }

    private static bool InOrder(Wire.Frame frame) =>
        frame.Objects.Zip(frame.Objects.Skip(1)).All(pair => Place(pair.First).CompareTo(Place(pair.Second)) <= 0);

    private static (uint, uint, uint) Place(Wire.TrackedObject seen) => (seen.Lane, seen.DistanceDecimetres, seen.Track);

    private static void Ages(Wire.Frame before, Wire.Frame now, AllRedJudge allRed, Findings findings)
    {
        if (before.Lamps.Count != now.Lamps.Count) return;
        var changed = false;
        for (var group = 0; group < now.Lamps.Count; group++)
        {
            var same = before.Lamps[group] == now.Lamps[group];
            changed |= !same;
            var expected = same || (Goes(before.Lamps[group]) && Goes(now.Lamps[group])) ? before.LampSeconds[group] + 1 : 1;
            Check("C-FRAME-06", now.LampSeconds[group] == expected, $"group {group + 1} has shown it for {expected} s, not {now.LampSeconds[group]}");
        }

        var count = before.LampSequence + (changed ? 1UL : 0);
        Check("C-FRAME-07", now.LampSequence == count, $"the lamp sequence is {now.LampSequence}, not {count}");
        var goesOn = (before.Phase, before.NextPhase, Shown.IsOff(before)) == (now.Phase, now.NextPhase, Shown.IsOff(now));
        var elapsed = goesOn ? before.Elapsed + 1 : 1;
        var stands = now.Elapsed == before.Elapsed && allRed.IsAgain(before, now);
        Check("C-FRAME-08", now.Elapsed == elapsed || stands, $"{now.Elapsed} s have passed, not {elapsed}");

        void Check(string rule, bool holds, string found) => findings.Check(rule, holds, holds ? "all frames" : $"frame {now.Sequence}: {found}");
    }

    private static bool Goes(Wire.Lamp lamp) => lamp is Wire.Lamp.Green or Wire.Lamp.FlashingGreen;
}
