using System.Collections.Immutable;
using System.Globalization;
using System.Xml;

namespace TrafficAI.Network;

/// <summary>The attributes of the element on which an XML reader stands, as checked values.</summary>
internal sealed class ElementReader(XmlReader xml, FileErrors errors)
{
    /// <summary>Beyond any street: longer, faster or farther values are slips, and their sums stay finite.</summary>
    private const double Largest = 1e9;

    private readonly IXmlLineInfo place = (IXmlLineInfo)xml;

    public int Line => place.LineNumber;

    public NetworkException Error(string what, string next = "Write the network again with netconvert") => errors.At(Line, what, next);

    /// <summary>The attribute, or null where it is missing or empty.</summary>
    public string? Optional(string attribute) => xml.GetAttribute(attribute) is { Length: > 0 } value ? value : null;

    public string Required(string attribute) =>
        Optional(attribute) ?? throw Error($"<{xml.LocalName}> has no attribute \"{attribute}\"");

    public string[] List(string attribute) => Optional(attribute)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public double Coordinate(string attribute) => ParseNumber(Required(attribute), attribute, -Largest);

    public double Positive(string attribute) => Positive(attribute, Required(attribute));

    public double Positive(string attribute, double fallback) =>
        Optional(attribute) is { } text ? Positive(attribute, text) : fallback;

    public int Whole(string attribute, int least) => Whole(attribute, Required(attribute), least);

    public int Whole(string attribute, int least, int fallback) =>
        Optional(attribute) is { } text ? Whole(attribute, text, least) : fallback;

    public bool Flag(string attribute) => Optional(attribute) switch
    {
        null or "0" or "false" => false,
        "1" or "true" => true,
        { } text => throw Bad(attribute, text, "is neither 0 nor 1"),
    };

    /// <summary>A time of at least <paramref name="least"/> milliseconds, written in seconds.</summary>
    public int Milliseconds(string attribute, int least) => Milliseconds(attribute, Required(attribute), least);

    public int? OptionalMilliseconds(string attribute, int least) =>
        Optional(attribute) is { } text ? Milliseconds(attribute, text, least) : null;

    /// <summary>Points written as <c>x,y x,y</c> or <c>x,y,z x,y,z</c>, at least two.</summary>
    public ImmutableArray<Point> Shape(string attribute)
    {
        var text = Required(attribute).AsSpan();
        var points = ImmutableArray.CreateBuilder<Point>();
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (word.IsEmpty) continue;
            var comma = word.IndexOf(',');
            if (comma < 0) throw Bad(attribute, word.ToString(), "is no point (x,y)");
            var rest = word[(comma + 1)..];
            var second = rest.IndexOf(',');
            points.Add(new(
                ParseNumber(word[..comma], attribute, -Largest),
                ParseNumber(second < 0 ? rest : rest[..second], attribute, -Largest)));
        }

        return points.Count >= 2 ? points.DrainToImmutable() : throw Bad(attribute, text.ToString(), "has fewer than two points");
    }

    /// <summary>The error of an attribute that is there, but wrong.</summary>
    public NetworkException Bad(string attribute, ReadOnlySpan<char> text, string why) =>
        Error($"<{xml.LocalName}> {attribute} {FileErrors.Quote(text.ToString())} {why}", "Correct it, or write the network again with netconvert");

    private double Positive(string attribute, string text)
    {
        var value = ParseNumber(text, attribute, 0);
        return value > 0 ? value : throw Bad(attribute, text, "is not more than 0");
    }

    private int Whole(string attribute, string text, int least)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Bad(attribute, text, "is no whole number");
        return value >= least ? value : throw Bad(attribute, text, $"is less than {least}");
    }

    private int Milliseconds(string attribute, string text, int least)
    {
        var milliseconds = Math.Round(ParseNumber(text, attribute, -Largest) * 1000);
        if (milliseconds < least) throw Bad(attribute, text, least > 0 ? "is not more than 0 seconds" : "is too small");
        return milliseconds <= int.MaxValue ? (int)milliseconds : throw Bad(attribute, text, "is more seconds than fit in a programme");
    }

    private double ParseNumber(ReadOnlySpan<char> text, string attribute, double least)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw Bad(attribute, text, "is no number");
        if (value < least) throw Bad(attribute, text, least == 0 ? "is negative" : "is too small");
        return value <= Largest ? value : throw Bad(attribute, text, "is too large");
    }
}
