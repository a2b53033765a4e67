using System.Text.Json;
using TrafficAI.FieldBus.Conformance;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>The report of <c>conformance --json</c>, documented in docs/json.md.</summary>
public sealed record ConformanceJson(
    string Schema, string Build, string Intersection, string Firmware, string ConfigurationSha256, long Seconds, int Passed, int Failed, int NotApplicable, int NotRun,
    IReadOnlyList<ConformanceJson.RuleResult> Rules)
{
    public const string SchemaName = "trafficai.conformance.v1";

    public sealed record RuleResult(string Id, string Clause, string Text, string Verdict, string Reason);

    public static string Of(string intersection, ConformanceReport report) => JsonSerializer.Serialize(
        new ConformanceJson(
            SchemaName, RunHeader.ThisBuild, intersection, report.Firmware, report.Checksum, report.Seconds,
            report.Count(Verdict.Pass), report.Count(Verdict.Fail), report.Count(Verdict.NotApplicable), report.Count(Verdict.NotRun),
            [.. report.Findings.Select(f => new RuleResult(f.Rule.Id, f.Rule.Clause, f.Rule.Text, ConformanceText.Word(f.Verdict), f.Reason))]),
        RunSummary.Json) + "\n";
}
