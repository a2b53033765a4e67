using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TrafficAI.Cli.Report;

/// <summary>HTML (or SVG) that is safe to put into a page. It is made only from literals in our source and from escaped values, so that
/// a name from a file cannot become markup.</summary>
public readonly record struct Markup(string Text)
{
    public static readonly Markup Nothing = new("");

    /// <summary>Escapes every value of the interpolated string that is not markup itself; numbers are written invariantly.</summary>
    public static Markup Of(MarkupHandler markup) => new(markup.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(p => p.Text)));

    public override string ToString() => Text;
}

/// <summary>Builds <see cref="Markup"/> from an interpolated string.</summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupHandler(int literalLength, int holes)
{
    private readonly StringBuilder text = new(literalLength + 16 * holes);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Markup value) => text.Append(value.Text);

    public void AppendFormatted(IEnumerable<Markup> values)
    {
        foreach (var value in values) text.Append(value.Text);
    }

    public void AppendFormatted(string? value)
    {
        foreach (var c in value ?? "")
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                _ => text.Append(c),
            };
        }
    }

    public void AppendFormatted(long value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double value) => AppendFormatted(value, "0.##");

    public void AppendFormatted(double value, string format) => text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
