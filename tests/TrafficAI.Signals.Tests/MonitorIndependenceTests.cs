namespace TrafficAI.Signals.Tests;

/// <summary>The monitor would be worth nothing if a mistake of the decider could be a mistake of the monitor too.</summary>
public class MonitorIndependenceTests
{
    /// <summary>The words of the vocabulary that the monitor may use, and the tables that it may copy; no code but accessors and records.</summary>
    private static readonly string[] Allowed =
    [
        "Conflict", "GroupKind", "IntersectionSignals", "Lamp", "SafetyRule", "SignalGroup", "Violation",
        "IntersectionSignals.get_Id", "IntersectionSignals.get_Groups", "IntersectionSignals.get_Conflicts", "IntersectionSignals.get_IntergreenSeconds",
        "SignalGroup.get_Kind", "SignalGroup.get_MinimumGreenSeconds", "SignalGroup.get_AmberSeconds", "SignalGroup.get_FlashingGreenSeconds",
        "SignalGroup.get_IsOffAtTimes", "Violation..ctor",
    ];

    [Fact]
    public void The_monitor_uses_no_code_of_the_decider() => Assert.Empty(CodeReferences.Of(typeof(ConflictMonitor)).Except(Allowed));

    [Fact]
    public void Nothing_but_the_controller_uses_the_monitor()
    {
        var users = typeof(ConflictMonitor).Assembly.GetTypes()
            .Where(type => type.DeclaringType is null && CodeReferences.Of(type).Contains(nameof(ConflictMonitor)));
        Assert.Equal([typeof(VirtualController)], users);
    }

    [Fact]
    public void The_scanner_sees_what_a_type_uses()
    {
        var used = CodeReferences.Of(typeof(VirtualController));
        Assert.Contains("SignalDecider.Choose", used);
        Assert.Contains("ConflictMonitor.Observe", used);
        Assert.Contains("FlashSequences", used);
        Assert.Contains("Violation", used);
    }
}
