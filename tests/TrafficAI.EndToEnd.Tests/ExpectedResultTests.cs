using System.Text.Json;
using TrafficAI.Cli;
using TrafficAI.Signals;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The results that a scenario of <c>simulations/</c> promises in its <c>expected.json</c>, in SUMO and on the built-in street.</summary>
public sealed class ExpectedResultTests
{
    private static readonly string[] Scenarios = ["four-arm", "corridor", "almaty-pilot", "almaty-abay", "almaty-seifullin", "almaty-zheltoksan-brt", "almaty-centre"];

    public static TheoryData<string, int> Runs => [.. Scenarios.SelectMany(
        scenario => Enumerable.Range(0, RowsOf(Checkout.Simulation(scenario)).Length).Select(row => (scenario, row)))];

    [Theory, MemberData(nameof(Runs))]
    public async Task A_run_gives_what_the_scenario_promises(string scenario, int row)
    {
        var expected = RowsOf(Checkout.Simulation(scenario))[row];
        var run = await Simulator.RunAsync(
            new SimulationSettings
            {
                Scenario = Path.Combine(Checkout.Simulation(scenario), VariantOf(expected)),
                Engine = expected.GetProperty("engine").GetString()!,
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

    /// <summary>The <c>.sumocfg</c> of a row; none for the scenario itself.</summary>
    private static string VariantOf(JsonElement row) => row.TryGetProperty("variant", out var variant) ? variant.GetString()! : "";

    private static JsonElement[] RowsOf(string scenario) =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(scenario, "expected.json"))).RootElement.GetProperty("runs").EnumerateArray()];
}
