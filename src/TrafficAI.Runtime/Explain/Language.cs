using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Explain;

/// <summary>A language: its sentences, its numbers, its names of places.</summary>
/// <remarks>Sentences are those of <c>Phrases.{code}.json</c>. <c>{name}</c> stands for a value, <c>{name:form|form}</c> for a whole number and the
/// form of the noun after it; a tab parts the columns of a table.</remarks>
public sealed partial class Language
{
    private readonly FrozenDictionary<string, string> phrases;
    private readonly Func<long, int> form;
    private readonly string decimalSign;
    private readonly Func<Names, string?> own;

    private Language(string code, string decimalSign, Func<long, int> form, Func<Names, string?> own)
    {
        (Code, this.decimalSign, this.form, this.own) = (code, decimalSign, form, own);
        phrases = WordFile.Read(typeof(Language), $"Phrases.{code}.json");
    }

    /// <summary>All of them, the default first.</summary>
    public static ImmutableArray<Language> All { get; } =
    [
        new("en", ".", n => n == 1 ? 0 : 1, names => names.En),
        new("ru", ",", RussianForm, names => names.Ru),
        new("kk", ",", _ => 0, names => names.Kk),
    ];

    /// <summary>Two letters, ISO 639-1.</summary>
    public string Code { get; }

    /// <summary>Keys and sentences, as in the file.</summary>
    public IReadOnlyDictionary<string, string> Phrases => phrases;

    /// <summary>The language of that code; null for none.</summary>
    public static Language? Of(string code) => All.FirstOrDefault(language => language.Code == code);

    /// <summary>What people call a place in this language, else in another; null without a name.</summary>
    public string? NameOf(Names names) => own(names) ?? names.Any;

    /// <summary>A sentence with its values.</summary>
    /// <param name="values">Text, or whole numbers.</param>
    public string Say(string key, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var byName = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in values) byName[name] = value;
        return Placeholder().Replace(phrases[key], match => Fill(match, byName[match.Groups[1].Value]));
    }

    /// <summary>A number with so many digits after the decimal sign.</summary>
    public string Number(double value, int digits) =>
        Math.Round(value, digits).ToString($"F{digits}", CultureInfo.InvariantCulture).Replace(".", decimalSign, StringComparison.Ordinal);

    private string Fill(Match match, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (!match.Groups[2].Success) return text;
        return $"{text} {match.Groups[2].Value.Split('|')[form(Convert.ToInt64(value, CultureInfo.InvariantCulture))]}";
    }

    /// <summary>1 машина, 2 машины, 5 машин; 11 to 14 as 5.</summary>
    private static int RussianForm(long n) => (n % 10, n % 100) switch
    {
        (_, >= 11 and <= 14) => 2,
        (1, _) => 0,
        ( >= 2 and <= 4, _) => 1,
        _ => 2,
    };

    [GeneratedRegex(@"\{(\w+)(?::([^}]*))?\}")]
    private static partial Regex Placeholder();
}
