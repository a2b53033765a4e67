using System.Globalization;
using TrafficAI.Measures;

namespace TrafficAI.Runtime.Measuring;

/// <summary>Figures as fields of a table of comma-separated values. Numbers have a point and all their digits.</summary>
public static class MeasuresCsv
{
    /// <summary>The columns of <see cref="Figure"/>.</summary>
    public const string Columns = "measure,value,unit,coverage,missing";

    public static string Figure(in MeasureValue value)
    {
        var missing = value.Missing == Missing.Nothing ? "" : KebabName.Of(value.Missing);
        return string.Create(CultureInfo.InvariantCulture, $"{value.Id},{value.Value},{KebabName.Of(MeasureDefinition.Of(value.Id)!.Unit)},{value.Coverage},{missing}");
    }

    /// <summary>A text as RFC 4180 wants it.</summary>
    public static string Field(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
