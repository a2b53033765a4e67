using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Safety rules by the names under which they are recorded.</summary>
public static class RuleNames
{
    public static string Of(SafetyRule rule) => rule switch
    {
        SafetyRule.ConflictingGreen => "conflicting-green",
        SafetyRule.ShortMinimumGreen => "short-minimum-green",
        SafetyRule.ShortIntergreen => "short-intergreen",
        SafetyRule.ShortAmber => "short-amber",
        SafetyRule.ForbiddenSequence => "forbidden-sequence",
        SafetyRule.ShortFlashingGreen => "short-flashing-green",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "This rule has no recorded name."),
    };
}
