using TrafficAI.Optimisation.Health;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

public sealed class RecordedNamesTests
{
    [Fact]
    public void Every_guard_has_a_name_of_its_own() =>
        Assert.Equal(Enum.GetValues<Guard>().Length, Enum.GetValues<Guard>().Select(GuardNames.Of).Distinct().Count());

    [Fact]
    public void Every_safety_rule_has_a_name_of_its_own() =>
        Assert.Equal(Enum.GetValues<SafetyRule>().Length, Enum.GetValues<SafetyRule>().Select(RuleNames.Of).Distinct().Count());

    [Fact]
    public void Every_condition_of_a_detector_and_every_rung_has_a_name_of_its_own()
    {
        Assert.Equal(Enum.GetValues<DetectorCondition>().Length, Enum.GetValues<DetectorCondition>().Select(HealthNames.Of).Distinct().Count());
        Assert.Equal(Enum.GetValues<ControlLevel>().Length, Enum.GetValues<ControlLevel>().Select(HealthNames.Of).Distinct().Count());
    }

    [Fact]
    public void Every_mode_and_lamp_has_a_letter_or_name_of_its_own()
    {
        Assert.Equal(Enum.GetValues<ControlMode>().Length, Enum.GetValues<ControlMode>().Select(LampLetters.Of).Distinct().Count());
        Assert.Equal("-RuGfAo", LampLetters.Of([.. Enum.GetValues<Lamp>()]));
    }
}
