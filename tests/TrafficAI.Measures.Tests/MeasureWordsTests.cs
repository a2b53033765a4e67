using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Measures.Tests;

public sealed class MeasureWordsTests
{
    public static TheoryData<string> Languages => ["en", "ru", "kk"];

    [Theory, MemberData(nameof(Languages))]
    public void Every_measure_has_a_name_and_a_formula(string code)
    {
        var words = MeasureWords.Of(code)!;
        Assert.All(MeasureDefinition.All, definition => Assert.False(string.IsNullOrWhiteSpace(words.NameOf(definition)) || string.IsNullOrWhiteSpace(words.FormulaOf(definition))));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Units_reasons_and_kinds_have_words(string code)
    {
        var words = MeasureWords.Of(code)!;
        Assert.All(Enum.GetValues<Unit>(), unit => Assert.NotNull(words.NameOf(unit)));
        Assert.All(Enum.GetValues<Missing>(), missing => Assert.DoesNotContain("{what}", words.Say(missing), StringComparison.Ordinal));
        Assert.All(Enum.GetValues<SubjectKind>(), kind => Assert.NotEmpty(words.NameOf(kind)));
    }

    [Theory, MemberData(nameof(Languages))]
    public void No_language_has_a_key_that_another_lacks(string code) =>
        Assert.Equal(MeasureWords.All[0].Words.Keys.Order(StringComparer.Ordinal), MeasureWords.Of(code)!.Words.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Languages))]
    public void No_key_is_of_a_measure_that_there_is_not(string code) => Assert.All(
        MeasureWords.Of(code)!.Words.Keys.Where(key => key.EndsWith(".formula", StringComparison.Ordinal)), key => Assert.NotNull(MeasureDefinition.Of(key[..^".formula".Length])));

    [Fact]
    public void Every_measure_is_defined_once() => Assert.Equal(MeasureDefinition.All.Length, MeasureDefinition.All.Select(d => d.Id).Distinct().Count());
}
