using TrafficAI.Measures;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Measuring;

/// <summary>Tells from a recorded decision, in the words of actuated controllers, why the running phase ends.</summary>
internal static class Endings
{
    /// <summary>Plans and the maximum red force a phase off; actuation says whether it had a gap or was at its longest; other strategies know neither.</summary>
    public static Termination Of(PhaseDecided decided)
    {
        if (decided.Bound == GuardNames.Of(Guard.MaximumRed)) return Termination.ForceOff;
        return decided.Strategy switch
        {
            "fixed" or "webster" or "tuc" => Termination.ForceOff,
            "actuated" or "actuated-tuned" when decided.Reason.EndsWith("has a gap", StringComparison.Ordinal) => Termination.GapOut,
            "actuated" or "actuated-tuned" when decided.Reason.EndsWith("at its longest green", StringComparison.Ordinal) => Termination.MaxOut,
            _ => Termination.Optimiser,
        };
    }

    public static bool IsPreemption(PhaseDecided decided) => decided.Reason.StartsWith("an emergency vehicle ", StringComparison.Ordinal);
}
