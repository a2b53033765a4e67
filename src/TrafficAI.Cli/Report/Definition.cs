namespace TrafficAI.Cli.Report;

/// <summary>What a figure means: its formula and unit.</summary>
public sealed record Definition(string Term, string Unit, string Meaning)
{
    public static Markup List(params IEnumerable<Definition> definitions) => Markup.Of(
        $"<dl class='defs'>\n{definitions.Select(d => Markup.Of($"<div><dt>{d.Term} <span class='unit'>{d.Unit}</span></dt><dd>{d.Meaning}</dd></div>\n"))}</dl>\n");
}
