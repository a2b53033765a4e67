using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What the controllers of a street counted.</summary>
public sealed class StreetCounts
{
    private readonly List<string> alarms = [];

    public long PlansAccepted { get; private set; }

    public long PlansRefused { get; private set; }

    /// <summary>Plans that came after the second up to which they were committed: that in which they act, or the end of a running passage.</summary>
    public long PlansLate { get; internal set; }

    /// <summary>Passages to another phase that were begun.</summary>
    public long PhaseChanges { get; internal set; }

    /// <summary>Controller-seconds spent in flashing amber after a fault.</summary>
    public long FaultSeconds { get; internal set; }

    /// <summary>Controller-seconds on the controller's own plan.</summary>
    public long LocalSeconds { get; internal set; }

    /// <summary>What monitors objected to, in words: intersection, second, groups and rule. Anything here is a defect.</summary>
    public IReadOnlyList<string> Alarms => alarms;

    /// <summary>A violation in one line for people.</summary>
    public static string Alarm(IntersectionId intersection, Violation violation) => $"{intersection}: {violation.Text}";

    internal void Raise(IntersectionId intersection, Violation violation) => alarms.Add(Alarm(intersection, violation));

    internal void Count(int accepted, int refused)
    {
        PlansAccepted += accepted;
        PlansRefused += refused;
    }
}
