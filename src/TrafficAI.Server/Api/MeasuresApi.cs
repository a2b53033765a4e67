using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>Performance measures: the figures of <c>trafficai kpi --json</c>, from the same code.</summary>
internal sealed class MeasuresApi(ServedLog served, LogWindow window, MeasuredSpans spans)
{
    private const int LongestBinMinutes = 1_440;
    private const int ByDefaultSeconds = 3_600;

    public void Map(RouteGroupBuilder api, RouteGroupBuilder open)
    {
        api.MapGet("/measures", (long? from, long? to, string? intersection, int? bin, string? language, CancellationToken stop) => MeasureAsync(from, to, intersection, bin, language, stop))
            .WithSummary("Performance measures of a span, with coverage").Produces<MeasuresTold>().RequireRateLimiting(RateLimits.Work).For(Role.Viewer);
        api.MapGet("/measures/definitions", (string? language) => Definitions(WordsOf(language)))
            .WithSummary("What each measure is: formula, unit, source").For(Role.Viewer);
        open.MapGet("/measures.json", (long? from, long? to, CancellationToken stop) => MeasureAsync(from, to, null, null, null, stop))
            .WithSummary("Open data: the measures of a span").Produces<MeasuresTold>().RequireRateLimiting(RateLimits.Work);
        open.MapGet("/measures.csv", (long? from, long? to, CancellationToken stop) => TableAsync(from, to, stop))
            .WithSummary("Open data: the same as a table").Produces<string>(200, "text/csv").RequireRateLimiting(RateLimits.Work);
        open.MapGet("/schema.json", Schema).WithSummary("Open data: what the columns of measures.csv mean");
    }

    private async Task<IResult> MeasureAsync(long? from, long? to, string? intersection, int? bin, string? language, CancellationToken stop)
    {
        var words = WordsOf(language);
        var only = intersection is { Length: > 0 } ? served.Site.Models[window.Intersection(intersection)].Signals.Id : (IntersectionId?)null;
        var seconds = 60 * LogWindow.InRange("bin", bin ?? MeasureWindow.DefaultBinSeconds / 60, 1, LongestBinMinutes);
        var measured = await MeasureAsync(from, to, only, seconds, stop);
        return Results.Bytes(MeasuresJson.Write(measured, new(served.Header.Build, served.Header.Scenario, seconds), served.Site.File, words), "application/json; charset=utf-8");
    }

    private Task<SiteMeasures> MeasureAsync(long? from, long? to, IntersectionId? only, int binSeconds, CancellationToken stop)
    {
        var (first, last) = window.Span(from ?? Math.Max(window.Begin, (to ?? window.End) - ByDefaultSeconds), to);
        return spans.MeasureAsync(first, last + 1, binSeconds, only, stop);
    }

    private async Task<IResult> TableAsync(long? from, long? to, CancellationToken stop)
    {
        var measured = await MeasureAsync(from, to, null, MeasureWindow.DefaultBinSeconds, stop);
        var text = new StringBuilder("intersection,from,to," + MeasuresCsv.Columns + "\n");
        Append(text, "", measured.From, measured.To, measured.Values);
        foreach (var one in measured.Intersections) Append(text, one.Id.Value, one.From, one.To, one.Values);
        return Results.Text(text.ToString(), "text/csv; charset=utf-8");
    }

    private static void Append(StringBuilder text, string intersection, long from, long to, ImmutableArray<MeasureValue> values)
    {
        foreach (var value in values)
            text.Append(CultureInfo.InvariantCulture, $"{MeasuresCsv.Field(intersection)},{from},{to},{MeasuresCsv.Figure(value)}").Append('\n');
    }

    private static ImmutableArray<DefinitionTold> Definitions(MeasureWords words) => [.. MeasureDefinition.All.Select(definition => new DefinitionTold(
        definition.Id, words.NameOf(definition), words.FormulaOf(definition), KebabName.Of(definition.Unit), definition.Source))];

    private static TableSchema Schema() => new(
        [
            new("intersection", "string", "Its id; empty for the whole site."),
            new("from", "integer", "First street second."),
            new("to", "integer", "The street second after the last."),
            new("measure", "string", "Id of the measure; see measures."),
            new("value", "number", "Empty where it is not computable; shares are 0 to 1."),
            new("unit", "string", "Of the value."),
            new("coverage", "number", "Part of the span that it rests on, 0 to 1."),
            new("missing", "string", "What is missing where there is no value; else empty."),
        ],
        Definitions(MeasureWords.All[0]));

    private static MeasureWords WordsOf(string? language) => MeasureWords.Of(LogWindow.LanguageOf(language).Code)!;
}
