using System.Text.RegularExpressions;

namespace TrafficAI.Dashboard.Tests;

/// <summary>No key is missing in a language, none is unknown, none is left over.</summary>
public sealed partial class TextTests
{
    private static readonly Dictionary<string, string> Sources = Directory
        .EnumerateFiles(WebFolder.PathOf("src"), "*.ts", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

    public static TheoryData<string> Translations => ["ru", "kk"];

    [Theory, MemberData(nameof(Translations))]
    public void Every_language_has_the_same_keys(string language)
    {
        Assert.Empty(Texts.Of("en").Keys.Except(Texts.Of(language).Keys));
        Assert.Empty(Texts.Of(language).Keys.Except(Texts.Of("en").Keys));
    }

    [Theory, MemberData(nameof(Translations))]
    public void A_translation_puts_in_what_the_original_puts_in(string language)
    {
        foreach (var (key, text) in Texts.Of("en"))
            Assert.True(Places(text).SetEquals(Places(Texts.Of(language, key))), $"{language}: {key} has other places than '{text}'");
    }

    [Theory, MemberData(nameof(Translations))]
    public void A_sentence_is_not_left_in_English(string language)
    {
        var same = Texts.Of("en").Where(text => Texts.Of(language, text.Key) == text.Value && Sentence().IsMatch(text.Value)).Select(text => text.Key);
        Assert.Empty(same);
    }

    [Fact]
    public void Every_key_that_is_asked_for_exists()
    {
        var asked = Sources.Values.SelectMany(source => Asked().Matches(source)).Select(match => match.Groups[1].Value).Distinct();
        Assert.Empty(asked.Except(Texts.Of("en").Keys));
    }

    [Fact]
    public void Every_key_is_used()
    {
        var code = string.Join('\n', Sources.Values);
        var families = Families().Matches(code).Select(match => match.Groups[1].Value + match.Groups[2].Value).Append("feed").ToHashSet();
        var unused = Texts.Of("en").Keys.Where(key => !code.Contains($"'{key}'", StringComparison.Ordinal) && !families.Any(family => key.StartsWith($"{family}.", StringComparison.Ordinal)));
        Assert.Empty(unused);
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\bt\('([a-z0-9.-]+)'")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\bword\('([a-z.-]+)'|`([a-z]+)\.\$\{")]
    private static partial Regex Families();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"[A-Za-z]{4,} [A-Za-z]{3,}")]
    private static partial Regex Sentence();
}
