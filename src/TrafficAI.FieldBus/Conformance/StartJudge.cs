namespace TrafficAI.FieldBus.Conformance;

/// <summary>Judges every start that was seen from its first second.</summary>
internal static class StartJudge
{
    public static void Judge(Transcript transcript, Wire.Configuration configuration, Findings findings)
    {
        var starts = 0;
        foreach (var boot in transcript.Boots())
        {
            for (var i = 1; i < boot.Count; i++)
            {
                var (before, now) = (boot[i - 1].Frame, boot[i].Frame);
                if (now.Sequence != before.Sequence + 1 || !Shown.IsOff(before) || Shown.IsOff(now)) continue;
                starts++;
                if (Shown.Departure(boot.Skip(i).Select(heard => heard.Frame), Shown.Start(configuration)) is { } departure) findings.Fail("C-BOOT-05", $"the start in frame {now.Sequence}: {departure}");
            }
        }

        if (starts > 0) findings.Pass("C-BOOT-05", $"{starts} starts");
    }
}
