using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Cli.Report;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Kpi;

/// <summary>Measures as a page to print: the site, its corridors, each intersection with its approaches, then how each figure is made.</summary>
public static class KpiPage
{
    /// <param name="command">What computes the same figures again.</param>
    /// <param name="start">The moment of street second 0; null where nobody knows it.</param>
    public static Markup Of(SiteMeasures site, MeasureOrigin origin, SignalsFile file, MeasureWords words, string command, Instant? start)
    {
        var title = words.Say("title", ("site", origin.Scenario), ("from", StreetTime.Format(site.From)), ("to", StreetTime.Format(site.To)));
        return ReportPage.Of(title, Markup.Of($"""
            <header><h1>{title}</h1>{Wall(site, start)}<p class="soft">{words.Say("report.origin", ("build", origin.Build), ("command", command))}</p></header>
            {Whole(site, words)}{site.Corridors.Select(corridor => Section(words.Say("heading.corridor", ("name", corridor.Id)), Values(corridor.Values, words)))}
            {site.Intersections.Select(one => Of(one, file, site.Intersections.Length == 1, words))}
            {Section(words.Say("heading.method"), Method(words))}
            """), Markup.Nothing, words.Language.Code);
    }

    private static Markup Wall(SiteMeasures site, Instant? start) =>
        start is { } zero ? Markup.Of($"<p>{Moment(zero, site.From)} – {Moment(zero, site.To)}, {StreetClock.TimeZone}</p>") : Markup.Nothing;

    /// <summary>Date and time as people in Almaty read it.</summary>
    private static string Moment(Instant start, long second) => StreetClock.Wall(start, second)[..19].Replace('T', ' ');

    private static Markup Whole(SiteMeasures site, MeasureWords words) => site.Intersections.Length == 1
        ? Markup.Nothing
        : Section(words.Say("heading.site", ("n", site.Intersections.Length.ToString(CultureInfo.InvariantCulture))), Values(site.Values, words));

    private static Markup Of(IntersectionMeasures intersection, SignalsFile file, bool isAlone, MeasureWords words)
    {
        var called = words.Language.NameOf(file.Of(intersection.Id).Names);
        var name = called is null ? intersection.Id.Value : $"{called} ({intersection.Id})";
        ImmutableArray<MeasureValue> shown = isAlone ? intersection.Values : [.. intersection.Values.Where(value => value.Value is not null)];
        return Section(words.Say("heading.intersection", ("name", name)), Markup.Join([Values(shown, words), Approaches(intersection, words)]));
    }

    private static Markup Section(string heading, Markup content) => Markup.Of($"<section><h2>{heading}</h2>{content}</section>\n");

    private static Markup Values(ImmutableArray<MeasureValue> values, MeasureWords words) => Markup.Of($"""
        <table class="figures"><thead><tr><th class="name">{words.Say("column.measure")}</th><th>{words.Say("column.value")}</th><th class="unit">{words.Say("column.unit")}</th><th>{words.Say("column.coverage")}</th></tr></thead>
        {values.Select(value => Row(value, words))}</table>

        """);

    private static Markup Row(MeasureValue value, MeasureWords words)
    {
        var definition = MeasureDefinition.Of(value.Id)!;
        return value.Value is null
            ? Markup.Of($"<tr><td class='name'>{words.NameOf(definition)}</td><td class='soft' colspan='3'>{words.Say(value)}</td></tr>\n")
            : Markup.Of($"<tr><td class='name'>{words.NameOf(definition)}</td><td>{words.Say(value)}</td><td class='unit'>{words.NameOf(definition.Unit)}</td><td>{words.Language.Number(100 * value.Coverage, 1)} %</td></tr>\n");
    }

    private static Markup Approaches(IntersectionMeasures intersection, MeasureWords words)
    {
        var approaches = intersection.Subjects.Where(subject => subject.Kind == SubjectKind.Approach).ToList();
        if (approaches.Count == 0) return Markup.Nothing;
        return Markup.Of($"""
            <div class="scroll"><table class="many"><thead><tr><th class="name">{words.NameOf(SubjectKind.Approach)}</th>{KpiText.OfApproach.Select(id => Head(MeasureDefinition.Of(id)!, words))}</tr></thead>
            {approaches.Select(approach => Markup.Of($"<tr><td class='name'>{approach.Name}</td>{KpiText.OfApproach.Select(id => Markup.Of($"<td>{Cell(approach, id, words)}</td>"))}</tr>\n"))}</table></div>

            """);
    }

    private static Markup Head(MeasureDefinition definition, MeasureWords words) => Markup.Of($"<th>{words.NameOf(definition)} <small>{words.NameOf(definition.Unit)}</small></th>");

    private static string Cell(SubjectMeasures of, string id, MeasureWords words)
    {
        var value = of.Values.FirstOrDefault(one => one.Id == id);
        return value.Value is null ? "–" : words.Say(value);
    }

    private static Markup Method(MeasureWords words) => Markup.Of($"""
        <dl class="defs">{MeasureDefinition.All.Select(definition => Markup.Of($"<div><dt>{words.NameOf(definition)} <span class='unit'>{words.NameOf(definition.Unit)}</span></dt><dd>{words.FormulaOf(definition)}<br><small>{definition.Source}</small></dd></div>\n"))}</dl>
        """);
}
