using System.Text.Json;
using TrafficAI.Cli;
using TrafficAI.Signals;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The results that a scenario of <c>simulations/</c> promises in its <c>expected.json</c>.</summary>
public sealed class ExpectedResultTests
{
    private static readonly JsonElement[] Rows =
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.FourArm, "expected.json"))).RootElement.GetProperty("runs").EnumerateArray()];

    public static TheoryData<int> Runs => [.. Enumerable.Range(0, Rows.Length)];

    [Theory, MemberData(nameof(Runs))]
    public async Task A_run_gives_what_the_scenario_promises(int row)
    {
        var expected = Rows[row];
        var run = await Simulation.RunAsync(
            new SimulationSettings
            {
                Scenario = Checkout.FourArm,
                Strategy = expected.GetProperty("strategy").GetString()!,
                Class = ScenarioOptions.ClassOf(expected.GetProperty("class").GetString()!),
                Sensing = Enum.Parse<Sensing>(expected.GetProperty("sensing").GetString()!, ignoreCase: true),
                LatencySeconds = expected.GetProperty("latency_s").GetInt32(),
                Seed = expected.GetProperty("seed").GetInt32(),
            },
            null,
            TestContext.Current.CancellationToken);
        Assert.Equal(expected.GetProperty("delay_s").GetDouble(), run.Summary.DelayS, 0.005);
        Assert.Equal(expected.GetProperty("finished").GetInt32(), run.Summary.Finished);
    }
}
