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

    /// <summary>The rule of a recorded name.</summary>
    /// <exception cref="RecordException">There is none.</exception>
    public static SafetyRule Parse(string name)
    {
        foreach (var rule in Enum.GetValues<SafetyRule>())
            if (Of(rule) == name) return rule;
        throw new RecordException($"A violation of '{name}' is recorded, which this build does not know. Read the log with the build that wrote it.");
    }
}
