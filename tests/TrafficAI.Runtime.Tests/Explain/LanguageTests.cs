using System.Text.Json;
using System.Text.RegularExpressions;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Runtime.Explain;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests.Explain;

public sealed partial class LanguageTests
{
    public static TheoryData<string> Codes => [.. Language.All.Select(language => language.Code)];

    [Fact]
    public void English_Russian_and_Kazakh_are_there_and_no_other()
    {
        Assert.Equal(["en", "ru", "kk"], Language.All.Select(language => language.Code));
        Assert.Null(Language.Of("de"));
    }

    [Theory, MemberData(nameof(Codes))]
    public void Every_language_has_the_same_sentences_with_the_same_places(string code)
    {
        var (english, other) = (Language.Of("en")!.Phrases, Language.Of(code)!.Phrases);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, sentence) in english)
        {
            Assert.Equal((key, Places(sentence)), (key, Places(other[key])));
            Assert.Equal((key, sentence.Count('\t')), (key, other[key].Count('\t')));
        }
    }

    [Theory, InlineData("en", 2), InlineData("ru", 3), InlineData("kk", 1)]
    public void A_noun_has_as_many_forms_as_the_language(string code, int forms) =>
        Assert.All(Language.Of(code)!.Phrases.Values.SelectMany(s => Place().Matches(s)).Where(m => m.Groups[2].Success), m =>
            Assert.Equal(forms, m.Groups[2].Value.Split('|').Length));

    [Theory]
    [InlineData("en", 1, "1 more lane\t1 vehicle in sight")]
    [InlineData("en", 2, "2 more lanes\t2 vehicles in sight")]
    [InlineData("ru", 1, "ещё 1 полоса\tвидно 1 машину")]
    [InlineData("ru", 2, "ещё 2 полосы\tвидно 2 машины")]
    [InlineData("ru", 5, "ещё 5 полос\tвидно 5 машин")]
    [InlineData("ru", 11, "ещё 11 полос\tвидно 11 машин")]
    [InlineData("ru", 21, "ещё 21 полоса\tвидно 21 машину")]
    [InlineData("ru", 112, "ещё 112 полос\tвидно 112 машин")]
    [InlineData("kk", 5, "тағы 5 жолақ\t5 көлік көрінді")]
    public void Nouns_follow_their_numbers(string code, int number, string said) =>
        Assert.Equal(said, Language.Of(code)!.Say("seen.more", ("lanes", number), ("vehicles", number)));

    [Theory, InlineData("en", "-1234.5"), InlineData("ru", "-1234,5"), InlineData("kk", "-1234,5")]
    public void Numbers_have_the_decimal_sign_of_the_language(string code, string said) => Assert.Equal(said, Language.Of(code)!.Number(-1234.46, 1));

    [Theory, MemberData(nameof(Codes))]
    public void Every_guard_rule_motive_yardstick_mode_and_strategy_has_words(string code)
    {
        string[] keys =
        [
            .. Enum.GetValues<Guard>().Select(guard => $"guard.{GuardNames.Of(guard)}"),
            .. Enum.GetValues<SafetyRule>().Select(rule => $"rule.{RuleNames.Of(rule)}"),
            .. Enum.GetValues<Motive>().Where(m => m != Motive.LeastCost).Select(motive => $"why.{Kebab(motive)}"),
            .. Enum.GetValues<Yardstick>().Select(yardstick => $"choices.{Kebab(yardstick)}"),
            .. Enum.GetValues<ControlMode>().Where(m => m != ControlMode.Plan).Select(mode => $"mode.{Kebab(mode)}"),
            .. Enum.GetValues<DetectorCondition>().Select(condition => $"condition.{HealthNames.Of(condition)}"),
            .. Enum.GetValues<ControlLevel>().Where(l => l is not (ControlLevel.Sensed or ControlLevel.Local)).Select(level => $"level.{HealthNames.Of(level)}"),
            .. Strategies.Names.Select(strategy => $"strategy.{strategy}"),
        ];
        Assert.All(keys, key => Assert.Contains(key, Language.Of(code)!.Phrases));
    }

    [Fact]
    public void A_name_in_the_language_asked_for_comes_first()
    {
        Assert.Equal("Орталық", Language.Of("kk")!.NameOf(new Names("Centre", "Центр", "Орталық")));
        Assert.Equal("Centre", Language.Of("kk")!.NameOf(new Names("Centre", "Центр", null)));
        Assert.Null(Language.Of("kk")!.NameOf(Names.None));
    }

    private static string Kebab<T>(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}");

    private static string Places(string sentence) =>
        string.Join(' ', Place().Matches(sentence).Select(m => m.Groups[1].Value + (m.Groups[2].Success ? ":" : "")).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{(\w+)(?::([^}]*))?\}")]
    private static partial Regex Place();
}
