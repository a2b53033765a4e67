using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Tests;

/// <summary>What <c>check</c> objects to, and by which rule.</summary>
public sealed class PassageCheckTests
{
    private static readonly IntersectionSignals Sound = AbaySite.Read().Signals[0];

    [Fact]
    public void Sound_signals_are_not_objected_to() => Assert.Empty(PassageCheck.Run(Sound));

    [Fact]
    public void A_short_amber_is_told_with_its_clause() => Objects(g => g with { AmberSeconds = g.AmberSeconds + 1 }, "ОДМ 218.6.003-2011, 9.2");

    [Fact]
    public void A_short_flashing_green_is_told_with_its_clause() => Objects(g => g with { FlashingGreenSeconds = g.FlashingGreenSeconds + 2 }, "ОДМ 218.6.003-2011, 9.4");

    [Fact]
    public void A_short_intergreen_is_told_with_its_formula() => Assert.Contains(
        PassageCheck.Run(Sound with { IntergreenSeconds = [.. Sound.IntergreenSeconds.Select(seconds => seconds == 0 ? 0 : seconds + 9)] }),
        line => line.Contains("v / 7.2 a + 3.6 (l + 5 m) / v", StringComparison.Ordinal));

    [Fact]
    public void Every_rule_has_a_source() => Assert.All(Enum.GetValues<SafetyRule>(), rule => Assert.NotEqual("", RuleSource.Of(rule)));

    private static void Objects(Func<SignalGroup, SignalGroup> vehicles, string source)
    {
        ImmutableArray<SignalGroup> groups = [.. Sound.Groups.Select(group => group.Kind == GroupKind.Vehicle ? vehicles(group) : group)];
        Assert.Contains(PassageCheck.Run(Sound with { Groups = groups }), line => line.Contains(source, StringComparison.Ordinal));
    }
}
