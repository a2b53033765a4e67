using TrafficAI.FieldBus.Conformance;

namespace TrafficAI.FieldBus.Tests.Conformance;

public sealed class ConformanceTests
{
    [Fact]
    public async Task A_good_controller_passes_every_rule()
    {
        var report = await RunAsync(Mutant.None);
        Assert.Equal("", string.Join('\n', report.Findings.Where(f => f.Verdict != Verdict.Pass).Select(f => $"{f.Rule.Id} {f.Verdict}: {f.Reason}")));
        Assert.True(report.IsGood);
    }

    private static async Task<ConformanceReport> RunAsync(Mutant mutant)
    {
        await using var bench = new Double(mutant);
        return await ConformanceKit.RunAsync(bench, bench.Settings, progress: null, TestContext.Current.CancellationToken);
    }
}
