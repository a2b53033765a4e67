using System.Globalization;
using System.Text;
using TrafficAI.Measures;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Kpi;

/// <summary>Measures for people: the site, its corridors, then each intersection.</summary>
public static class KpiText
{
    private const int NameWidth = 40;
    private const int ValueWidth = 10;

    /// <summary>What an approach is shown with.</summary>
    internal static readonly string[] OfApproach =
        [MeasureIds.Volume, MeasureIds.ArrivalsOnGreen, MeasureIds.ApproachDelay, MeasureIds.SplitFailureRate, MeasureIds.QueueLongest, MeasureIds.WaitLongest];

    public static string Of(SiteMeasures site, string name, SignalsFile file, MeasureWords words)
    {
        var text = new StringBuilder();
        text.AppendLine(words.Say("title", ("site", name), ("from", StreetTime.Format(site.From)), ("to", StreetTime.Format(site.To))));
        if (site.Intersections.Length > 1)
        {
            text.AppendLine().AppendLine(words.Say("heading.site", ("n", site.Intersections.Length.ToString(CultureInfo.InvariantCulture))));
            Append(text, site.Values, words);
        }

        foreach (var corridor in site.Corridors)
        {
            text.AppendLine().AppendLine(words.Say("heading.corridor", ("name", corridor.Id)));
            Append(text, corridor.Values, words);
        }

        foreach (var intersection in site.Intersections)
        {
            var called = words.Language.NameOf(file.Of(intersection.Id).Names);
            text.AppendLine().AppendLine(words.Say("heading.intersection", ("name", called is null ? intersection.Id.Value : $"{called} ({intersection.Id})")));
            if (site.Intersections.Length == 1) Append(text, intersection.Values, words);
            else Append(text, [.. intersection.Values.Where(v => v.Value is not null && OfApproach.Contains(v.Id))], words);
            AppendApproaches(text, intersection, words);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<MeasureValue> values, MeasureWords words)
    {
        foreach (var value in values)
        {
            var definition = MeasureDefinition.Of(value.Id)!;
            text.Append("  ").Append(words.NameOf(definition).PadRight(NameWidth));
            if (value.Value is null) text.Append("   ").AppendLine(words.Say(value));
            else text.AppendLine($"{words.Say(value).PadLeft(ValueWidth)} {words.NameOf(definition.Unit),-8}{Covered(value, words)}".TrimEnd());
        }
    }

    private static string Covered(in MeasureValue value, MeasureWords words) =>
        value.Coverage >= 0.9995 ? "" : $"({words.Say("column.coverage")} {words.Language.Number(100 * value.Coverage, 1)} %)";

    private static void AppendApproaches(StringBuilder text, IntersectionMeasures intersection, MeasureWords words)
    {
        var approaches = intersection.Subjects.Where(s => s.Kind == SubjectKind.Approach).ToList();
        if (approaches.Count == 0) return;
        text.Append("  ").Append(words.NameOf(SubjectKind.Approach).PadRight(20));
        foreach (var id in OfApproach) text.Append("  ").Append(words.NameOf(MeasureDefinition.Of(id)!));
        text.AppendLine();
        foreach (var approach in approaches)
        {
            text.Append("  ").Append(approach.Name.PadRight(20));
            foreach (var id in OfApproach) text.Append("  ").Append(Cell(approach, id, words).PadLeft(words.NameOf(MeasureDefinition.Of(id)!).Length));
            text.AppendLine();
        }
    }

    private static string Cell(SubjectMeasures of, string id, MeasureWords words)
    {
        var value = of.Values.FirstOrDefault(v => v.Id == id);
        return value.Value is null ? "–" : $"{words.Say(value)} {words.NameOf(MeasureDefinition.Of(id)!.Unit)}".TrimEnd();
    }
}
