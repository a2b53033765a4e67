using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Demo;

/// <summary>What a demonstration shows.</summary>
/// <param name="DurationSeconds">60 or more; null for the scenario's own window.</param>
/// <param name="Log">Where the adaptive run is recorded.</param>
/// <param name="Pace">Street seconds per second; 0 for as fast as it can.</param>
internal sealed record DemoOrder(string Scenario, int? DurationSeconds, int Seed, string Log, double Pace = 0)
{
    /// <summary>The strategies, the one to beat first.</summary>
    public static readonly string[] Strategies = ["fixed", "adaptive"];

    /// <summary>What one of them is run with.</summary>
    /// <exception cref="ScenarioException">The scenario cannot be used.</exception>
    public SimulationSettings Settings(string strategy)
    {
        var begin = ScenarioFile.Read(Scenario).Begin;
        return new()
        {
            Scenario = Scenario,
            Engine = SimulatedStreet.Builtin,
            Strategy = strategy,
            Class = ControlClass.Site,
            Sensing = Sensing.Full,
            LatencySeconds = 0,
            Seed = Seed,
            End = DurationSeconds is { } seconds ? begin + seconds : null,
            Log = strategy == Strategies[^1] ? Log : null,
        };
    }
}
