using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Cli.Design;

/// <summary>The words of a timing sheet in one language: those of <c>Sheet.{code}.json</c>.</summary>
public sealed class SheetWords
{
    private readonly FrozenDictionary<string, string> words;

    private SheetWords(string code)
    {
        Code = code;
        words = WordFile.Read(typeof(SheetWords), $"Sheet.{code}.json");
    }

    /// <summary>All languages, the default first.</summary>
    public static ImmutableArray<SheetWords> All { get; } = [new("ru"), new("kk"), new("en")];

    /// <summary>Two letters, ISO 639-1.</summary>
    public string Code { get; }

    public IEnumerable<string> Keys => words.Keys;

    /// <exception cref="KeyNotFoundException">The file has no such key.</exception>
    public string this[string key] => words[key];

    /// <summary>The language of that code; null for none.</summary>
    public static SheetWords? Of(string code) => All.FirstOrDefault(language => language.Code == code);
}
