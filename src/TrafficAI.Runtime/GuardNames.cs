using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Guards by the names under which they are recorded.</summary>
public static class GuardNames
{
    public static string Of(Guard guard) => guard switch
    {
        Guard.None => "none",
        Guard.Interphase => "interphase",
        Guard.MinimumGreen => "minimum-green",
        Guard.DecisionInterval => "decision-interval",
        Guard.MaximumRed => "maximum-red",
        Guard.UnknownPhase => "unknown-phase",
        Guard.Intergreen => "intergreen",
        Guard.AllRed => "all-red",
        _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "This guard has no recorded name."),
    };
}
