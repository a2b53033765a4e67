using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Runtime.Measuring;

/// <summary>Measures in a language: names, formulas, units, and why there is no value, as in <c>Measures.{code}.json</c>.</summary>
public sealed class MeasureWords
{
    private readonly FrozenDictionary<string, string> words;

    private MeasureWords(Language language)
    {
        Language = language;
        words = WordFile.Read(typeof(MeasureWords), $"Measures.{language.Code}.json");
    }

    /// <summary>All of them, the default first.</summary>
    public static ImmutableArray<MeasureWords> All { get; } = [.. Language.All.Select(language => new MeasureWords(language))];

    public Language Language { get; }

    /// <summary>Keys and words, as in the file.</summary>
    public IReadOnlyDictionary<string, string> Words => words;

    /// <summary>The words of the language of that code; null for none.</summary>
    public static MeasureWords? Of(string code) => All.FirstOrDefault(words => words.Language.Code == code);

    /// <summary>What people call a measure.</summary>
    public string NameOf(MeasureDefinition definition) => words[definition.Id + ".name"];

    public string FormulaOf(MeasureDefinition definition) => words[definition.Id + ".formula"];

    /// <summary>Its abbreviation; empty for a number without a unit.</summary>
    public string NameOf(Unit unit) => words["unit." + KebabName.Of(unit)];

    /// <summary>Why a measure has no value: "not computable: missing X".</summary>
    public string Say(Missing missing) => words["missing"].Replace("{what}", words["missing." + KebabName.Of(missing)], StringComparison.Ordinal);

    public string NameOf(SubjectKind kind) => words["kind." + KebabName.Of(kind)];

    /// <summary>A value as people read it, or why there is none; shares in per cent.</summary>
    public string Say(in MeasureValue value)
    {
        if (value.Value is not { } number) return Say(value.Missing);
        var definition = MeasureDefinition.Of(value.Id)!;
        return Language.Number(definition.Unit == Unit.Share ? 100 * number : number, definition.Digits);
    }

    /// <summary>Another word of the file, with its values in their places.</summary>
    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = words[key];
        foreach (var (name, value) in values) text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return text;
    }
}
