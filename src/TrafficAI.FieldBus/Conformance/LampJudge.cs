using System.Collections.Frozen;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Judges the lamps alone, by the monitor.</summary>
internal static class LampJudge
{
    private static readonly FrozenDictionary<SafetyRule, string> RuleOf = new Dictionary<SafetyRule, string>
    {
        [SafetyRule.ConflictingGreen] = "C-LAMP-01",
        [SafetyRule.ForbiddenSequence] = "C-LAMP-02",
        [SafetyRule.ShortMinimumGreen] = "C-LAMP-03",
        [SafetyRule.ShortAmber] = "C-LAMP-04",
        [SafetyRule.ShortIntergreen] = "C-LAMP-05",
        [SafetyRule.ShortFlashingGreen] = "C-LAMP-06",
    }.ToFrozenDictionary();

    public static void Judge(Transcript transcript, IntersectionSignals signals, Findings findings)
    {
        var (seconds, greens) = (0, 0);
        foreach (var boot in transcript.Boots())
        {
            var monitor = new ConflictMonitor(signals);
            Wire.Frame? before = null;
            foreach (var frame in boot.Select(heard => heard.Frame).Where(frame => frame.Lamps.Count == signals.Groups.Length))
            {
                seconds++;
                // Who flashes for a fault does so at once: that is what the contract asks for.
                if (monitor.Observe((long)frame.Sequence, Shown.LampsOf(frame)) is { } violation && frame.Mode != Wire.ControlMode.Fault) findings.Fail(RuleOf[violation.Rule], $"frame {frame.Sequence}: {violation.Text}");
                greens += before is null ? 0 : Ended(before, frame);
                before = frame;
            }
        }

        var flashes = signals.Groups.Any(group => group.FlashingGreenSeconds > 0);
        foreach (var rule in RuleOf.Values.Where(rule => flashes || rule != "C-LAMP-06"))
            if (greens > 0 && !findings.Has(rule, Verdict.Fail)) findings.Pass(rule, $"{seconds} s, {greens} greens that ended");
        if (!flashes) findings.NotApplicable("C-LAMP-06", "no group of it has flashing green");
    }

    private static int Ended(Wire.Frame before, Wire.Frame now) => before.Lamps.Zip(now.Lamps).Count(pair => Goes(pair.First) && !Goes(pair.Second));

    private static bool Goes(Wire.Lamp lamp) => lamp is Wire.Lamp.Green or Wire.Lamp.FlashingGreen;
}
