using System.Globalization;
using System.Text;
using System.Text.Json;
using TrafficAI.Measures;

namespace TrafficAI.Cli.Kpi;

/// <summary>Measures as a table for spreadsheets: a line for each figure. Numbers have a point and all their digits.</summary>
public static class KpiCsv
{
    public const string Header = "intersection,kind,name,from,to,measure,value,unit,coverage,missing";

    public static string Of(SiteMeasures site)
    {
        var text = new StringBuilder(Header).Append('\n');
        Append(text, "", "site", "", site.From, site.To, site.Values);
        foreach (var bin in site.Bins) Append(text, "", "site-bin", "", bin.From, bin.To, bin.Values);
        foreach (var corridor in site.Corridors) Append(text, "", "corridor", corridor.Id, site.From, site.To, corridor.Values);
        foreach (var one in site.Intersections)
        {
            Append(text, one.Id.Value, "intersection", one.Id.Value, one.From, one.To, one.Values);
            foreach (var subject in one.Subjects) Append(text, one.Id.Value, Kebab(subject.Kind.ToString()), subject.Name, one.From, one.To, subject.Values);
            foreach (var bin in one.Bins) Append(text, one.Id.Value, "bin", one.Id.Value, bin.From, bin.To, bin.Values);
        }

        return text.ToString();
    }

    /// <summary>A field as RFC 4180 wants it.</summary>
    public static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Append(StringBuilder text, string intersection, string kind, string name, long from, long to, IEnumerable<MeasureValue> values)
    {
        foreach (var value in values)
        {
            var unit = Kebab(MeasureDefinition.Of(value.Id)!.Unit.ToString());
            var missing = value.Missing == Missing.Nothing ? "" : Kebab(value.Missing.ToString());
            text.Append(CultureInfo.InvariantCulture, $"{Field(intersection)},{kind},{Field(name)},{from},{to},{value.Id},{value.Value},{unit},{value.Coverage},{missing}").Append('\n');
        }
    }

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
