using System.Globalization;
using System.Text;
using TrafficAI.Measures;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli.Kpi;

/// <summary>Measures as a table for spreadsheets: a line for each figure. Numbers have a point and all their digits.</summary>
public static class KpiCsv
{
    public const string Header = "intersection,kind,name,from,to," + MeasuresCsv.Columns;

    public static string Of(SiteMeasures site)
    {
        var text = new StringBuilder(Header).Append('\n');
        Append(text, "", "site", "", site.From, site.To, site.Values);
        foreach (var bin in site.Bins) Append(text, "", "site-bin", "", bin.From, bin.To, bin.Values);
        foreach (var corridor in site.Corridors) Append(text, "", "corridor", corridor.Id, site.From, site.To, corridor.Values);
        foreach (var one in site.Intersections)
        {
            Append(text, one.Id.Value, "intersection", one.Id.Value, one.From, one.To, one.Values);
            foreach (var subject in one.Subjects) Append(text, one.Id.Value, KebabName.Of(subject.Kind), subject.Name, one.From, one.To, subject.Values);
            foreach (var bin in one.Bins) Append(text, one.Id.Value, "bin", one.Id.Value, bin.From, bin.To, bin.Values);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string intersection, string kind, string name, long from, long to, IEnumerable<MeasureValue> values)
    {
        foreach (var value in values)
            text.Append(CultureInfo.InvariantCulture, $"{MeasuresCsv.Field(intersection)},{kind},{MeasuresCsv.Field(name)},{from},{to},{MeasuresCsv.Figure(value)}").Append('\n');
    }
}
