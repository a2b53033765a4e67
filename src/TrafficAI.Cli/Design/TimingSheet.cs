using System.Collections.Immutable;
using TrafficAI.Cli.Report;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Design;

/// <summary>Timing sheets of intersections as one self-contained page to print: phases, cycle, intergreens, signatures.</summary>
public static class TimingSheet
{
    private static readonly Markup Style = new("""
        @page{size:A4 portrait;margin:12mm}
        body{margin:0;background:#fff;color:#1b2025;font:13px/1.35 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        .sheet{max-width:186mm;margin:0 auto;padding:6mm 0;break-after:page}
        h1{font-size:1.35rem;margin:0}h2{font-size:1rem;margin:.9rem 0 .3rem;border-bottom:1px solid #b9c1c8}
        p{margin:.15rem 0}.soft{color:#59646d}.inferred{border:1.5px dashed #b5460f;color:#b5460f;padding:0 .35rem}.documented{border:1.5px solid #16934a;color:#0d6a35;padding:0 .35rem}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{border:1px solid #b9c1c8;padding:.1rem .35rem;text-align:center}th{background:#f4f6f7}
        td.name{text-align:left}.matrix{font-size:11px}.none{color:#b9c1c8}
        .phases{display:flex;flex-wrap:wrap;gap:6px}.phases figure{margin:0;border:1px solid #b9c1c8;padding:4px;width:44mm}.phases svg{width:100%}figcaption{text-align:center}
        .arm{stroke:#cfd5da;stroke-width:5;fill:none}.drive{stroke:#16934a;stroke-width:2.4;fill:none}.yields{stroke-dasharray:5 3}.walk{stroke:#0068a8;stroke-width:5;stroke-dasharray:2 2;fill:none}
        .nowalk{stroke:#e2e6e9;stroke-width:5;stroke-dasharray:2 2;fill:none}
        .cycle{width:100%}.cycle text,.phase text{font-size:12px;fill:#59646d}.cycle .strong{fill:#1b2025;font-weight:600}.cycle .inside{fill:#fff}.grid{stroke:#b9c1c8;stroke-width:.6}
        .lamp-green{fill:#16934a}.lamp-flashing{fill:#8fd3a9}.lamp-amber{fill:#f0b400}.lamp-redamber{fill:#e8753a}.lamp-red{fill:#d9534f;fill-opacity:.28}.lamp-dark{fill:#fff;stroke:#59646d;stroke-width:.8;stroke-dasharray:3 2}
        .key{display:inline-block;width:1.6em;height:.8em;margin:0 .3em 0 .9em}.sign{width:100%;margin-top:.8rem}.sign td{height:9mm;text-align:left;width:25%}
        """);

    private static readonly ImmutableArray<(string Class, string Key)> LampKeys =
        [("lamp-green", "green"), ("lamp-flashing", "flashing"), ("lamp-amber", "amber"), ("lamp-red", "red"), ("lamp-redamber", "red-amber"), ("lamp-dark", "dark")];

    /// <param name="intersections">Indices in the network.</param>
    public static Markup Of(Site site, IEnumerable<int> intersections, SheetWords words) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="{words.Code}">
        <head>
        <meta charset="utf-8">
        <title>{words["title"]}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        {intersections.Select(index => Sheet(site, site.Network.Intersections[index], site.Signals[index], words))}</body>
        </html>

        """);

    private static Markup Sheet(Site site, Intersection intersection, IntersectionSignals signals, SheetWords words)
    {
        var part = site.File.Of(intersection.Id);
        var groups = SheetGroup.Of(site.Network, intersection, signals, part, words);
        var lamps = PlanLamps.Of(signals);
        return Markup.Of($"""
            <section class="sheet">
            {Head(part, signals, words)}
            <h2>{words["phases"]}</h2>
            {Phases(site.Network, intersection, signals, words)}
            <h2>{words["chart"]}</h2>
            {CycleChart.Of(groups, lamps)}
            {Legend(groups.Any(group => group.IsSection), words)}
            <h2>{words["groups"]}</h2>
            {GroupTable(groups, words)}
            <h2>{words["matrix"]}</h2>
            {Matrix(groups, signals, words)}
            <h2>{words["sources"]}</h2>
            <p class="soft">{part.Provenance}</p><p class="soft">{site.File.Provenance}</p>
            {Signatures(words)}
            </section>

            """);
    }

    private static Markup Head(IntersectionPart part, IntersectionSignals signals, SheetWords words)
    {
        var names = (string[])[part.Names.Kk ?? "", part.Names.Ru ?? "", part.Names.En ?? ""];
        var status = part.Status.ToString().ToLowerInvariant();
        var flag = part.Status == LightStatus.Unsaid ? Markup.Nothing : Markup.Of($" <span class='{status}'>{words[$"status.{status}"]}</span>");
        return Markup.Of($"""
            <p class="soft">{words["title"]}</p>
            <h1>{signals.Id.Value} · {names.FirstOrDefault(name => name.Length > 0) ?? ""}</h1>
            <p>{string.Join(" · ", names.Where(name => name.Length > 0).Skip(1))}{flag}</p>
            <p><b>{words["cycle"]} {signals.LocalPlan.CycleSeconds} {words["seconds"]}</b>, {words["offset"]} {signals.LocalPlan.OffsetSeconds} {words["seconds"]}{(signals.Night is { } night ? $"; {words["night"]} {night}" : "")}</p>
            """);
    }

    private static Markup Phases(RoadNetwork network, Intersection intersection, IntersectionSignals signals, SheetWords words)
    {
        var drawing = new PhaseDrawing(network, intersection);
        return Markup.Of($"<div class='phases'>{Enumerable.Range(0, signals.LocalPlan.Steps.Length).OrderBy(step => signals.LocalPlan.Steps[step].Phase.Index).Select(step => Phase(drawing, signals, step, words))}</div>");
    }

    private static Markup Phase(PhaseDrawing drawing, IntersectionSignals signals, int step, SheetWords words)
    {
        var steps = signals.LocalPlan.Steps;
        var phase = signals.Phase(steps[step].Phase);
        var passage = signals.PassageSeconds(steps[(step + steps.Length - 1) % steps.Length].Phase, phase.Id);
        var length = steps.Length == 1 ? signals.LocalPlan.CycleSeconds
            : (steps[(step + 1) % steps.Length].InterphaseStart - steps[step].InterphaseStart + signals.LocalPlan.CycleSeconds) % signals.LocalPlan.CycleSeconds;
        return Markup.Of($"""
            <figure>{drawing.Of(phase)}<figcaption><b>{words["phase"]} {phase.Id.Index + 1}</b><br>{words["green"]} {length - passage} {words["seconds"]}; {words["passage"]} {passage} {words["seconds"]}</figcaption></figure>
            """);
    }

    private static Markup Legend(bool hasSections, SheetWords words) => Markup.Of(
        $"<p>{LampKeys.Where(lamp => hasSections || lamp.Key != "dark").Select(lamp => Markup.Of($"<svg class='key' viewBox='0 0 16 8'><rect width='16' height='8' class='{lamp.Class}'/></svg>{words[$"legend.{lamp.Key}"]}"))}</p>");

    private static Markup GroupTable(ImmutableArray<SheetGroup> groups, SheetWords words) => Markup.Of($"""
        <table><tr><th>{words["group"]}</th><th>{words["serves"]}</th><th>{words["least-green"]}, {words["seconds"]}</th><th>{words["flashing-green"]}, {words["seconds"]}</th><th>{words["amber"]}, {words["seconds"]}</th><th>{words["countdown"]}, {words["seconds"]}</th></tr>
        {groups.Select(group => Markup.Of($"<tr><th>{group.Name}</th><td class='name'>{group.Serves}</td><td>{group.Group.MinimumGreenSeconds}</td><td>{group.Group.FlashingGreenSeconds}</td><td>{(group.IsSection ? "–" : $"{group.Group.AmberSeconds}")}</td><td>{(group.Group.CountdownSeconds is > 0 and var counted ? $"{counted}" : "–")}</td></tr>\n"))}</table>
        """);

    private static Markup Matrix(ImmutableArray<SheetGroup> groups, IntersectionSignals signals, SheetWords words) => Markup.Of($"""
        <table class="matrix"><tr><th></th>{groups.Select(group => Markup.Of($"<th>{group.Name}</th>"))}</tr>
        {groups.Select((row, ending) => Markup.Of($"<tr><th>{row.Name}</th>{groups.Select((_, starting) => Cell(signals, ending, starting, words))}</tr>\n"))}</table>
        """);

    private static Markup Cell(IntersectionSignals signals, int ending, int starting, SheetWords words) => signals.ConflictBetween(ending, starting) switch
    {
        Conflict.Full => Markup.Of($"<td>{signals.Intergreen(ending, starting)}</td>"),
        Conflict.Permissive => Markup.Of($"<td class='none' title='{words["yields"]}'>({signals.Intergreen(ending, starting)})</td>"),
        _ => Markup.Of($"<td class='none'>–</td>"),
    };

    private static Markup Signatures(SheetWords words) => Markup.Of($"""
        <table class="sign"><tr>{((string[])["drawn-up", "checked", "police", "approved"]).Select(key => Markup.Of($"<td>{words[key]}<br>{words["date"]}</td>"))}</tr></table>
        <p class="soft">{words["unsigned"]}</p>
        """);
}
