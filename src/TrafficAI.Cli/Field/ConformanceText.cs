using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TrafficAI.FieldBus.Conformance;

namespace TrafficAI.Cli.Field;

/// <summary>The report of a conformance test for people, and for what reads JUnit.</summary>
public static class ConformanceText
{
    public static string Of(string intersection, ConformanceReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"controller of '{intersection}', firmware '{report.Firmware}', configuration {report.Checksum[..12]}, {report.Seconds} street seconds heard\n");
        foreach (var finding in report.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Word(finding.Verdict),-14} {finding.Rule.Id,-12} {finding.Rule.Text}\n");
            if (finding.Verdict != Verdict.Pass) text.Append(CultureInfo.InvariantCulture, $"  {"",-14} {"",-12} section {finding.Rule.Clause}: {finding.Reason}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{report.Count(Verdict.Pass)} rules hold, {report.Count(Verdict.Fail)} fail, {report.Count(Verdict.NotApplicable)} not applicable, {report.Count(Verdict.NotRun)} not run\n").ToString();
    }

    /// <summary>A verdict as it is written everywhere.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        Verdict.NotApplicable => "not-applicable",
        _ => "not-run",
    };

    public static string JUnit(ConformanceReport report) => new XElement(
        "testsuite", new XAttribute("name", "field contract"), new XAttribute("tests", report.Findings.Count), new XAttribute("failures", report.Count(Verdict.Fail)),
        new XAttribute("skipped", report.Count(Verdict.NotApplicable) + report.Count(Verdict.NotRun)), report.Findings.Select(Case)) + "\n";

    private static XElement Case(Finding finding)
    {
        var test = new XElement("testcase", new XAttribute("classname", finding.Rule.Subject), new XAttribute("name", $"{finding.Rule.Id} {finding.Rule.Text}"));
        if (finding.Verdict == Verdict.Fail) test.Add(new XElement("failure", new XAttribute("message", finding.Reason)));
        else if (finding.Verdict != Verdict.Pass) test.Add(new XElement("skipped", new XAttribute("message", finding.Reason)));
        return test;
    }
}
