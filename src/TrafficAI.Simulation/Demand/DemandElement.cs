using System.Globalization;
using System.Xml.Linq;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>An element of a demand file with its place, and its attributes as checked values.</summary>
/// <param name="line">Where the element begins that holds it and lies directly under the root.</param>
internal sealed class DemandElement(XElement element, string file, int line)
{
    private const int LongestWord = 60;
    private const double Largest = 1e9;

    public string Name => element.Name.LocalName;

    public string Id => Optional("id") ?? "";

    public string File => file;

    public int Line => line;

    public IEnumerable<DemandElement> Children => element.Elements().Select(child => new DemandElement(child, file, line));

    public IEnumerable<string> Attributes =>
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None)
            .Select(attribute => attribute.Name.LocalName);

    public bool Has(string attribute) => Optional(attribute) is not null;

    /// <summary>The attribute, or null where it is missing or empty.</summary>
    public string? Optional(string attribute) => element.Attribute(attribute)?.Value is { Length: > 0 } text ? text : null;

    public string Required(string attribute, string next) =>
        Optional(attribute) ?? throw Error($"has no attribute \"{attribute}\"", next);

    public string[] List(string attribute) =>
        Optional(attribute)?.Split((char[])[' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    public double? Number(string attribute, double least = -Largest, double most = Largest) =>
        Optional(attribute) is { } text ? Number(attribute, text, least, most) : null;

    /// <summary>A number of more than 0.</summary>
    public double? Positive(string attribute) =>
        Number(attribute, 0) is not { } value ? null : value > 0 ? value : throw Bad(attribute, Optional(attribute)!, "is not more than 0");

    public int? Whole(string attribute, int least) => Optional(attribute) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least ? value
        : throw Bad(attribute, text, $"is no whole number of at least {least}");

    public bool Flag(string attribute) => Optional(attribute) switch
    {
        null or "0" or "false" or "no" or "off" or "-" => false,
        "1" or "true" or "yes" or "on" or "x" => true,
        { } text => throw Bad(attribute, text, "is neither true nor false"),
    };

    /// <summary>A time in milliseconds.</summary>
    public long? Time(string attribute) => Optional(attribute) is not { } text ? null
        : SumoTime.TryParse(text, out var seconds) && Math.Abs(seconds) <= Largest ? (long)Math.Round(seconds * 1000)
        : throw Bad(attribute, text, "is no time (seconds or hh:mm:ss)");

    public double Number(string attribute, string text, double least = -Largest, double most = Largest) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value >= least && value <= most ? value : throw Bad(attribute, text, OutOfRange(least, most))
            : throw Bad(attribute, text, "is no number");

    public DemandException Bad(string attribute, string text, string why) => Error($"{attribute} {Quote(text)} {why}", "Correct it");

    /// <param name="what">What is wrong, without a full stop.</param>
    /// <param name="next">What to do about it, without a full stop.</param>
    public DemandException Error(string what, string next) =>
        new(OneLine($"{file}, line {line}: <{Name}>{(Id.Length > 0 ? $" {Quote(Id)}" : "")} {what}. {next}."));

    /// <summary>A word of the file as an error shows it: in quotes, shortened if long.</summary>
    public static string Quote(string word) => word.Length <= LongestWord ? $"'{word}'" : $"'{word.AsSpan(0, LongestWord)}…'";

    public static string OneLine(string text) =>
        string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
        });

    private static string OutOfRange(double least, double most) => (least > -Largest, most < Largest) switch
    {
        (true, true) => FormattableString.Invariant($"is not from {least} to {most}"),
        (true, false) when least == 0 => "is negative, or too large",
        (true, false) => FormattableString.Invariant($"is less than {least}, or too large"),
        _ => FormattableString.Invariant($"is more than {most}, or too small"),
    };
}
