using System.Globalization;
using System.Text;
using TrafficAI.Measures;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli.Kpi;

/// <summary>A study for people: a line for each measure, and whether the difference stands out.</summary>
public static class StudyText
{
    public static string Of(Study study)
    {
        var words = MeasureWords.All[0];
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"before: {string.Join(", ", study.Before)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"after:  {string.Join(", ", study.After)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"bins of {study.BinS / 60} min{(study.Intersection is { } id ? $", intersection {id}" : "")}; ± is the 95 % interval");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"  {"measure",-30}{"before",10}{"after",10}{"difference",12}{"±",10}{"%",8}  bins");
        foreach (var measure in study.Measures) Append(text, measure, words);
        return text.ToString();
    }

    private static void Append(StringBuilder text, StudyMeasure m, MeasureWords words)
    {
        var definition = MeasureDefinition.Of(m.Id)!;
        var unit = words.NameOf(definition.Unit);
        var name = unit == "" ? words.NameOf(definition) : $"{words.NameOf(definition)}, {unit}";
        text.AppendLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-30}{Say(m.Before, definition),10}{Say(m.After, definition),10}{Say(m.Difference, definition),12}{Say(m.HalfWidth95, definition),10}{m.Percent,8:0.0}  {m.Bins} {(m.Paired ? "pairs" : "unpaired")}: {Verdict(m)}"));
    }

    private static string Verdict(StudyMeasure m) => m switch
    {
        { Difference: null } => "one side has no value",
        { StandsOut: null } => "too few bins to tell",
        { StandsOut: false } => "the difference does not stand out",
        { Difference: < 0 } => "less",
        _ => "more",
    };

    private static string Say(double? value, MeasureDefinition definition) => value is not { } number
        ? "–"
        : (definition.Unit == Unit.Share ? 100 * number : number).ToString($"F{definition.Digits + 1}", CultureInfo.InvariantCulture);
}
