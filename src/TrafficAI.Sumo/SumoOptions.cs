using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Sumo;

/// <summary>What a run in SUMO needs.</summary>
/// <param name="Scenario">The files.</param>
/// <param name="Network">Read from the scenario's own network file.</param>
/// <param name="Sensing">What the detectors give.</param>
/// <param name="Seed">SUMO's seed, and that of <paramref name="Scale"/>.</param>
/// <param name="Begin">First street second.</param>
/// <param name="End">The street second at which the run ends; more than <paramref name="Begin"/>.</param>
/// <param name="TripInfo">Where SUMO writes its trip file, or null for none.</param>
/// <param name="Scale">Demand, as a factor of the route files; 1 leaves them alone. More than 0, at most 100.</param>
public sealed record SumoOptions(
    ScenarioFile Scenario, RoadNetwork Network, Sensing Sensing, int Seed, long Begin, long End, string? TripInfo = null, double Scale = 1)
{
    /// <summary>A run over the scenario's own window.</summary>
    public SumoOptions(ScenarioFile scenario, RoadNetwork network, Sensing sensing, int seed)
        : this(scenario, network, sensing, seed, scenario.Begin, scenario.End)
    {
    }

    /// <summary>The program; null for the environment's <c>SUMO_BINARY</c>, else <c>sumo</c> on the path.</summary>
    public string? Binary { get; init; }

    /// <summary>The longest wait for SUMO's answer: to a step, and to the first word while it loads.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
