using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using TrafficAI.Measures;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Measuring;

/// <summary>Measures as JSON, schema <c>trafficai.kpi.v1</c> (docs/json.md): the same bytes from the command line and over HTTP.</summary>
public static class MeasuresJson
{
    public const string Schema = "trafficai.kpi.v1";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    /// <param name="origin">Where the figures come from.</param>
    /// <param name="names">What signals.json calls the intersections.</param>
    public static byte[] Write(SiteMeasures site, MeasureOrigin origin, SignalsFile names, MeasureWords words)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options)) Write(json, site, origin, names, words);
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SiteMeasures site, MeasureOrigin origin, SignalsFile names, MeasureWords words)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("build", origin.Build);
        json.WriteString("scenario", origin.Scenario);
        json.WriteNumber("from", site.From);
        json.WriteNumber("to", site.To);
        json.WriteNumber("bin_s", origin.BinSeconds);
        json.WriteString("language", words.Language.Code);
        WriteDefinitions(json, words);
        WriteValues(json, site.Values);
        WriteBins(json, site.Bins);
        Array(json, "corridors", site.Corridors, corridor => Write(json, corridor));
        Array(json, "intersections", site.Intersections, intersection => Write(json, intersection, names, words));
        json.WriteEndObject();
    }

    /// <summary>What each measure is: <c>definitions</c> of the schema.</summary>
    public static void WriteDefinitions(Utf8JsonWriter json, MeasureWords words) => Array(json, "definitions", MeasureDefinition.All, definition =>
    {
        json.WriteString("id", definition.Id);
        json.WriteString("name", words.NameOf(definition));
        json.WriteString("formula", words.FormulaOf(definition));
        json.WriteString("unit", KebabName.Of(definition.Unit));
        json.WriteString("source", definition.Source);
    });

    private static void Write(Utf8JsonWriter json, CorridorMeasures corridor)
    {
        json.WriteString("id", corridor.Id);
        json.WriteStartArray("stops");
        foreach (var stop in corridor.Stops) json.WriteStringValue(stop.Value);
        json.WriteEndArray();
        WriteValues(json, corridor.Values);
    }

    private static void Write(Utf8JsonWriter json, IntersectionMeasures intersection, SignalsFile names, MeasureWords words)
    {
        json.WriteString("id", intersection.Id.Value);
        json.WriteString("name", words.Language.NameOf(names.Of(intersection.Id).Names));
        WriteValues(json, intersection.Values);
        foreach (var kind in Enum.GetValues<SubjectKind>())
        {
            Array(json, PluralOf(kind), [.. intersection.Subjects.Where(s => s.Kind == kind)], subject =>
            {
                json.WriteString("name", subject.Name);
                WriteValues(json, subject.Values);
            });
        }

        WriteBins(json, intersection.Bins);
    }

    private static void WriteBins(Utf8JsonWriter json, ImmutableArray<BinMeasures> bins) => Array(json, "bins", bins, bin =>
    {
        json.WriteNumber("from", bin.From);
        json.WriteNumber("to", bin.To);
        WriteValues(json, bin.Values);
    });

    private static void WriteValues(Utf8JsonWriter json, ImmutableArray<MeasureValue> values)
    {
        json.WriteStartObject("values");
        foreach (var value in values)
        {
            json.WriteStartObject(value.Id);
            if (value.Value is { } number) json.WriteNumber("value", number);
            else json.WriteNull("value");
            json.WriteNumber("coverage", value.Coverage);
            if (value.Missing != Missing.Nothing) json.WriteString("missing", KebabName.Of(value.Missing));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string PluralOf(SubjectKind kind) => kind switch
    {
        SubjectKind.Approach => "approaches",
        SubjectKind.Strategy => "strategies",
        _ => kind.ToString().ToLowerInvariant() + "s",
    };

    private static void Array<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>Where figures come from.</summary>
/// <param name="Build">That recorded them.</param>
public sealed record MeasureOrigin(string Build, string Scenario, int BinSeconds);
