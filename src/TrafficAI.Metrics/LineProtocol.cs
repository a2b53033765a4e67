using System.Globalization;
using System.Text;

namespace TrafficAI.Metrics;

/// <summary>Points as lines of InfluxDB's line protocol: <c>measurement,tag=value field=1i,other=2.5 1767225600</c>.</summary>
/// <remarks>Stores differ in what they make of a backslash, and a line break ends a line whatever stands before it. So these, and the percent sign itself, are
/// written as %XX in the value of a tag; comma, equals sign and space have a backslash before them, as the protocol asks.</remarks>
public static class LineProtocol
{
    /// <summary>Adds a line, with its line break.</summary>
    public static void Append(StringBuilder to, MetricPoint point)
    {
        to.Append(point.Measurement);
        foreach (var (name, value) in point.Tags)
        {
            if (value.Length == 0) continue;
            to.Append(',').Append(name).Append('=');
            AppendTag(to, value);
        }

        var separator = ' ';
        foreach (var field in point.Fields)
        {
            to.Append(separator).Append(field.Name).Append('=').Append(Text(field));
            separator = ',';
        }

        to.Append(CultureInfo.InvariantCulture, $" {point.UnixSeconds}\n");
    }

    private static void AppendTag(StringBuilder to, string value)
    {
        foreach (var letter in value)
        {
            if (letter is ',' or '=' or ' ') to.Append('\\').Append(letter);
            else if (letter is '\\' or '%' || char.IsControl(letter)) to.Append(CultureInfo.InvariantCulture, $"%{(int)letter:X2}");
            else to.Append(letter);
        }
    }

    private static string Text(MetricField field) => field.Kind switch
    {
        MetricKind.Count => string.Create(CultureInfo.InvariantCulture, $"{field.Whole}i"),
        MetricKind.Number => field.Number.ToString("R", CultureInfo.InvariantCulture),
        _ => field.Whole != 0 ? "true" : "false",
    };
}
