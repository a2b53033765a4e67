using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>What the page was made from: everything that is needed to make it again.</summary>
public static class RunFacts
{
    /// <summary>In one line.</summary>
    public static Markup Line(Comparison comparison)
    {
        var run = comparison.Common;
        var more = (run.Scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", demand \u00d7 {run.Scale}")) + (run.Faults == "" ? "" : $", faults {run.Faults}");
        return Markup.Of($"<p class='facts'>{run.Scenario}, {Window(run)}, class {run.Class}, sensing {run.Sensing}{more}, {Seeds(comparison)}</p>");
    }

    public static Markup Table(Comparison comparison)
    {
        var run = comparison.Common;
        return Markup.Of($"""
            <pre><code>{comparison.Command.Split(' ').Select(word => Markup.Of($"<span>{word}</span> "))}</code></pre>
            {Definition.List(
            [
                new("scenario", "", run.Scenario),
                new("window", "", Window(run)),
                new("seeds", "", Seeds(comparison) + ": each strategy meets the same street with the same seed"),
                new("class", "", $"{run.Class}: {Constraints(run.Class)}"),
                new("sensing", "", run.Sensing == "full" ? "full: every vehicle within 200 m of the stop line, as video or radar gives" : "loops: stop-line, advance and exit loops"),
                new("latency", "s", run.LatencyS.ToString(CultureInfo.InvariantCulture) + ": from a frame to the first second on which a plan made on it acts"),
                new("faults", "", run.Faults == "" ? "none" : run.Faults),
                new("scale", "", run.Scale.ToString(CultureInfo.InvariantCulture) + ": factor on the demand"),
                new("engine", "", run.Engine),
                new("build", "", run.Build),
            ])}
            <p class="soft">The same command and build give the same page, byte for byte. <code>--json FILE</code> writes the same figures for programs.</p>
            """);
    }

    private static string Window(RunSummary run) => $"{StreetTime.Format(run.Begin)} to {StreetTime.Format(run.End)}";

    private static string Seeds(Comparison comparison)
    {
        var seeds = comparison.Reference.Runs.Select(r => r.Seed).ToList();
        return $"{(seeds.Count == 1 ? "seed" : "seeds")} {Words.Seeds(seeds)}";
    }

    private static string Constraints(string controlClass) => controlClass switch
    {
        "R" => "amber 3 s, no all red, green at least 7 s, a decision every 10 s",
        "R+" => "amber 3 s, no all red, green at least 5 s, a decision every second",
        "S" => "amber 3 s, all red 2 s between conflicting phases, green at least 7 s and what pedestrians need, red at most 120 s",
        _ => "amber, all red and minimum greens as in the programme of the network",
    };
}
