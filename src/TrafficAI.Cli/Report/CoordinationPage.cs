using System.Globalization;
using TrafficAI.Cli.Coordination;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Report;

/// <summary>The offsets of a corridor as one self-contained page: no network, no time stamp, the same bytes for equal results.</summary>
public static class CoordinationPage
{
    public static Markup Of(CoordinationResult result) => ReportPage.Of($"{result.Corridor.Choice.Name}: coordination", Content(result), Markup.Nothing);

    private static Markup Content(CoordinationResult result) => Markup.Of($"""
        <header>
        <p class="kicker">TrafficAI coordination of {result.Corridor.Choice.Name}</p>
        <h1>{Headline(result)}</h1>
        <p class="facts">{Facts(result)}</p>
        </header>
        <section>
        <h2>Time and distance</h2>
        <p class="soft">The road runs upwards, three cycles to the right. Bars above a stop line: green outbound; below it: green inbound. Shaded: whoever drives inside a band meets green at every light.</p>
        {Diagrams(result)}
        </section>
        <section>
        <h2>Offsets</h2>
        {OffsetTable(result)}
        </section>
        {MeasuredTable(result)}
        <section>
        <h2>How this page was made</h2>
        <p class="soft wraps">Build {RunHeader.ThisBuild}. To make it again:</p>
        <pre>{result.Command}</pre>
        {Definition.List(Definitions(result))}
        </section>
        """);

    private static string Headline(CoordinationResult result)
    {
        var kept = result.Kept;
        var bands = result.Corridor.IsOneWay
            ? string.Create(CultureInfo.InvariantCulture, $"A green band of {kept.Outbound.WidthSeconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"Green bands of {kept.Outbound.WidthSeconds} s and {kept.Inbound.WidthSeconds} s");
        var through = string.Create(CultureInfo.InvariantCulture, $"{bands} through {result.Corridor.Length} junctions");
        if (result.Refinement is not { } driven) return through;
        var gain = driven.Best.MeanDelayS - driven.AsItWas.MeanDelayS;
        return $"{through}; mean delay {Words.Number(driven.Best.MeanDelayS)} s instead of {Words.Number(driven.AsItWas.MeanDelayS)} s ({Words.WholePercent(gain / driven.AsItWas.MeanDelayS)})";
    }

    private static string Facts(CoordinationResult result)
    {
        var problem = result.Corridor.Problem;
        var weights = result.Corridor.IsOneWay ? "one way"
            : problem.OutboundWeight == problem.InboundWeight ? "both directions weigh the same"
            : string.Create(CultureInfo.InvariantCulture, $"outbound weighs {problem.OutboundWeight}, inbound {problem.InboundWeight}, as counted");
        return string.Create(CultureInfo.InvariantCulture,
            $"{result.Scenario} \u00b7 class {result.Class} \u00b7 {result.Corridor.Outbound[^1].DistanceMetres:0} m \u00b7 common cycle {problem.CycleSeconds} s \u00b7 {weights}");
    }

    private static Markup Diagrams(CoordinationResult result)
    {
        var kept = CoordinationDiagram.Of(result.Corridor, result.Kept, "kept");
        return result.Kept.Offsets.SequenceEqual(result.Widest.Offsets) ? kept : Markup.Of($"""
            <h3>Kept: {result.Refinement!.Best.Name}</h3>
            {kept}<h3>Widest bands</h3>
            {CoordinationDiagram.Of(result.Corridor, result.Widest, "widest")}
            """);
    }

    private static Markup OffsetTable(CoordinationResult result) => Markup.Of($"""
        <div class="scroll"><table class="delays">
        <thead><tr><th class="name">junction</th><th>offset<small>s</small></th><th>widest bands<small>s</small></th><th>cycle<small>s</small></th><th>green out<small>s</small></th>
        <th>green in<small>s</small></th><th>distance<small>m</small></th><th>travel out<small>s from the first</small></th><th>travel in<small>s to the first</small></th></tr></thead>
        <tbody>
        {Enumerable.Range(0, result.Corridor.Length).Select(i => OffsetRow(result, i))}</tbody></table></div>
        <h3>Bands</h3>
        <div class="scroll"><table class="delays">
        <thead><tr><th class="name">band</th><th>kept<small>s</small></th><th>widest<small>s</small></th><th>bound<small>s</small></th></tr></thead>
        <tbody>
        {BandRow("outbound", result.Kept.Outbound, result.Widest.Outbound, result.Widest.OutboundBound)}{(result.Corridor.IsOneWay ? Markup.Nothing
            : BandRow("inbound", result.Kept.Inbound, result.Widest.Inbound, result.Widest.InboundBound))}<tr><td class="name">share of the bound</td>
        <td>{Words.Percent(result.Kept.ShareOfBound)}</td><td>{Words.Percent(result.Widest.ShareOfBound)}</td><td></td></tr></tbody></table></div>
        """);

    private static Markup OffsetRow(CoordinationResult result, int i)
    {
        var corridor = result.Corridor;
        var junction = corridor.Problem.Junctions[i];
        var (greenIn, travelIn) = corridor.IsOneWay ? (Markup.Nothing, Markup.Nothing)
            : (Markup.Of($"{GreenRuns.Longest(junction.InboundGreen)}"), Markup.Of($"{junction.InboundSeconds}"));
        return Markup.Of($"""
            <tr><td class="name">{corridor.Signals[i].Id.Value}</td><td><b>{corridor.OwnOffset(result.Kept, i)}</b></td><td>{corridor.OwnOffset(result.Widest, i)}</td><td>{corridor.Signals[i].LocalPlan.CycleSeconds}</td>
            <td>{GreenRuns.Longest(junction.OutboundGreen)}</td><td>{greenIn}</td><td>{corridor.Outbound[i].DistanceMetres:0}</td><td>{junction.OutboundSeconds}</td><td>{travelIn}</td></tr>

            """);
    }

    private static Markup BandRow(string name, GreenBand kept, GreenBand widest, int bound) =>
        Markup.Of($"<tr><td class='name'>{name}</td><td><b>{kept.WidthSeconds}</b></td><td>{widest.WidthSeconds}</td><td>{bound}</td></tr>\n");

    private static Markup MeasuredTable(CoordinationResult result)
    {
        if (result.Refinement is not { } driven) return Markup.Nothing;
        return Markup.Of($"""
            <section>
            <h2>Measured</h2>
            <div class="scroll"><table class="delays">
            <thead><tr><th class="name">offsets</th><th>mean delay<small>s per vehicle</small></th><th>each seed<small>s</small></th><th>arrivals on green<small>inner links</small></th></tr></thead>
            <tbody>
            {driven.Trials.Insert(0, driven.AsItWas).Select(trial => MeasuredRow(trial, trial == driven.Best))}</tbody></table></div>
            </section>
            """);
    }

    private static Markup MeasuredRow(Trial trial, bool isKept) => Markup.Of(
        $"<tr><td class='name nowrap'>{trial.Name}{(isKept ? " (kept)" : "")}</td><td><b>{Words.Number(trial.MeanDelayS)}</b></td><td class='nowrap'>{string.Join(", ", trial.DelaysS.Select(d => Words.Number(d)))}</td>"
        + $"<td>{(trial.ArrivalsOnGreen is { } share ? Words.Percent(share) : "")}</td></tr>\n");

    private static IEnumerable<Definition> Definitions(CoordinationResult result)
    {
        yield return new("offset", "s", "The cycle of a junction begins when (street second \u2212 offset) mod cycle is 0; its first programme state begins then.");
        yield return new("band", "s", "Departures from the first stop line, in one cycle, that meet green at every stop line when driven at the speed of the wave without a queue in the way. "
            + "Travel times from the first stop line are rounded to whole seconds.");
        yield return new("bound", "s", "The shortest of the junctions\u2019 longest greens in that direction: no offsets give a wider band. The widest bands are the optimum of all whole-second offsets "
            + "(every lag between the two bands is searched): " + (result.Balanced ? "the narrower band first, then the weighted sum." : "the weighted sum, then the narrower band.")
            + " No better ones exist, even where the bound is higher.");
        if (result.Refinement is not { } driven) yield break;
        yield return new("mean delay", "s per vehicle", $"Over every vehicle scheduled in the window, from SUMO\u2019s own trip file; mean over the seeds {Words.Seeds([.. driven.Seeds.Select(s => (long)s)])}.");
        yield return new("arrivals on green", "%", "Vehicles that would reach a stop line on an inner link during green at the speed limit with nobody in the way, of all on these links; both directions, from the recorded frames.");
        yield return new("refined", "", "Link by link, all offsets behind the link move by the whole seconds under which the measured arrivals wait least (a queue without length, 1800 vehicles an hour and lane); the result is driven again, at most three times. The least mean delay is kept.");
    }
}
