using TrafficAI.FieldBus.Conformance;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Conformance;

public sealed class ConformanceTests
{
    [Fact]
    public async Task A_good_controller_passes_every_rule()
    {
        var report = await RunAsync(Mutant.None);
        var others = report.Findings.Where(f => f.Verdict != Verdict.Pass).Select(f => $"{f.Rule.Id} {f.Verdict}: {f.Reason}").ToList();
        Assert.True(others.Count == 0, string.Join('\n', others));
        Assert.True(report.IsGood);
    }

    [Theory]
    [InlineData("four-arm", ControlClass.S, true)]
    [InlineData("four-arm", ControlClass.R, false)]
    [InlineData("corridor", ControlClass.Site, false)]
    [InlineData("corridor", ControlClass.S, true)]
    public async Task No_rule_fails_a_good_controller_whatever_its_configuration(string scenario, ControlClass controlClass, bool kz)
    {
        var network = Double.Read(Path.Combine(VectorFiles.Checkout, "simulations", scenario, $"{scenario}.net.xml"));
        var failed = new List<string>();
        foreach (var intersection in network.Intersections)
        {
            var signals = SignalsBuilder.Build(network, intersection, controlClass, kz ? SignalProfile.Kz with { AllRedExtensionSeconds = 4 } : SignalProfile.OfProgramme);
            await using var bench = new Double(Mutant.None, signals, intersection.Detectors);
            var report = await ConformanceKit.RunAsync(bench, bench.Settings, progress: null, TestContext.Current.CancellationToken);
            failed.AddRange(report.Findings.Where(f => f.Verdict is Verdict.Fail or Verdict.NotRun).Select(f => $"{intersection.Id} {f.Rule.Id} {f.Verdict}: {f.Reason}"));
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    [Fact]
    public async Task A_controller_of_an_earlier_minor_version_may_leave_all_red_as_it_is()
    {
        var report = await RunAsync(new()
        {
            Says = Spoils.Presence(presence => presence.ContractMinor = 1).Says,
            Takes = Spoils.Orders<Wire.Plan>(plan => plan.AllRedUntil = 0).Takes,
        });
        Assert.Equal(["C-DEC-03", "C-DEC-04"], report.Findings.Where(f => f.Verdict == Verdict.NotApplicable).Select(f => f.Rule.Id));
        Assert.True(report.IsGood, string.Join('\n', report.Findings.Where(f => f.Verdict == Verdict.Fail)));
    }

    [Fact]
    public async Task Each_rule_is_broken_by_a_controller_and_found()
    {
        Assert.Equal(Catalogue.Rules.Select(rule => rule.Id), Mutants.All.Select(one => one.Rule));
        var escaped = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(Mutants.All, TestContext.Current.CancellationToken, async (one, _) =>
        {
            var report = await RunAsync(one.Mutant);
            var finding = report.Findings.Single(finding => finding.Rule.Id == one.Rule);
            if (finding.Verdict != Verdict.Fail || report.IsGood) escaped.Add($"{one.Rule} {finding.Verdict}: {finding.Reason}");
        });
        Assert.True(escaped.IsEmpty, string.Join('\n', escaped.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_table_for_vendors_is_that_of_the_kit()
    {
        var file = Path.Combine(VectorFiles.Checkout, "firmware-contracts", "CONFORMANCE.md");
        var rows = File.ReadLines(file).Where(line => line.StartsWith("| C-", StringComparison.Ordinal));
        Assert.Equal(Catalogue.Rules.Select(rule => $"| {rule.Id} | {rule.Clause} | {rule.Text} |"), rows);
        Assert.Equal(Catalogue.Rules.Count, Catalogue.Rules.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void A_configuration_is_read_as_it_was_written()
    {
        var network = NetworkReader.Read(File.ReadAllBytes(Double.NetworkFile), Double.NetworkFile);
        foreach (var profile in new[] { SignalProfile.Kz, SignalProfile.OfProgramme })
        {
            var signals = SignalsBuilder.Build(network, network.Intersections[0], ControlClass.S, profile);
            var message = ConfigurationWriter.Write(signals, network.Intersections[0].Detectors);
            var again = ConfigurationWriter.Write(ConfigurationReader.Read(message), network.Intersections[0].Detectors);
            Assert.Equal(message, again);
        }
    }

    private static async Task<ConformanceReport> RunAsync(Mutant mutant)
    {
        await using var bench = new Double(mutant);
        return await ConformanceKit.RunAsync(bench, bench.Settings, progress: null, TestContext.Current.CancellationToken);
    }
}
