using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>Where a rule of safety comes from: the clause, or the formula, that an engineer can look up.</summary>
/// <remarks>ОДМ 218.6.003-2011 is the Russian recommendation that the national standard СТ РК 1412 parallels; docs/safety.md says what each profile takes from it.</remarks>
public static class RuleSource
{
    public static string Of(SafetyRule rule) => rule switch
    {
        SafetyRule.ConflictingGreen => "the matrix of conflicts: ways that cross are green together only where one of them yields",
        SafetyRule.ShortMinimumGreen => "least green: 5 s + width / 1.3 m/s for pedestrians, 7 s for vehicles, or what the programme or signals.json says",
        SafetyRule.ShortIntergreen => "intergreen of the geometry, v / 7.2 a + 3.6 (l + 5 m) / v; what amber does not cover is all red (ОДМ 218.6.003-2011, 9.2)",
        SafetyRule.ShortAmber => "amber of 3 s (ОДМ 218.6.003-2011, 9.2), or what the programme or signals.json says",
        SafetyRule.ForbiddenSequence => "red, red-amber, green, amber; pedestrians without amber (ОДМ 218.6.003-2011, 9.1 to 9.3)",
        SafetyRule.ShortFlashingGreen => "the last 3 s of a green flash (ОДМ 218.6.003-2011, 9.4), or what signals.json says",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "This rule has no source."),
    };
}
