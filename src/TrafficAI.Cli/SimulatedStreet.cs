using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Signals.Street;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Ports;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>An engine that runs a scenario, chosen by name.</summary>
/// <param name="Scenario">What really runs: with the scaled route file where there is one.</param>
/// <param name="LeftOut">What the engine leaves out of the scenario; empty for SUMO.</param>
public sealed record SimulatedStreet(IEngine Engine, ScenarioFile Scenario, ImmutableArray<NotSupported> LeftOut) : IDisposable
{
    public const string Sumo = "sumo";
    public const string Builtin = "builtin";

    /// <summary>What runs where nobody chooses.</summary>
    public const string Default = Builtin;

    /// <summary>All that can be chosen.</summary>
    public static readonly ImmutableArray<string> Names = [Builtin, Sumo];

    /// <summary>Opens the street that the settings name.</summary>
    /// <param name="trips">Where the trip file goes.</param>
    /// <exception cref="EngineException">SUMO cannot start.</exception>
    /// <exception cref="ScenarioException">The demand cannot be scaled, or a file cannot be read.</exception>
    /// <exception cref="DemandException">The built-in street cannot use the demand.</exception>
    public static SimulatedStreet Open(SimulationSettings settings, ScenarioFile scenario, RoadNetwork network, string trips)
    {
        if (settings.Engine == Builtin) return OpenBuiltin(settings, scenario, network, trips);
        var engine = new SumoEngine(new SumoOptions(
            scenario, network, settings.Sensing, settings.Seed, scenario.Begin, scenario.End, trips, settings.Scale));
        return new(engine, engine.Scenario, []);
    }

    /// <summary>In one line each: what is left out, how often, and where it stands first.</summary>
    public IEnumerable<string> Notes => LeftOut.Select(left => string.Create(
        CultureInfo.InvariantCulture, $"{left.File}, line {left.Line}: the built-in street leaves out {left.What} ({left.Count} in all). Use --engine sumo if it matters."));

    public void Dispose() => Engine.Dispose();

    private static SimulatedStreet OpenBuiltin(SimulationSettings settings, ScenarioFile scenario, RoadNetwork network, string trips)
    {
        if (settings.Scale != 1) scenario = DemandScaling.Apply(scenario, settings.Scale, settings.Seed, trips + ".scaled.rou.xml");
        var files = scenario.AdditionalFiles.Select(file => Read(file, isAdditional: true)).Concat(scenario.RouteFiles.Select(file => Read(file, isAdditional: false)));
        var demand = DemandReader.Read(network, files, scenario.Begin, scenario.End, settings.Seed);
        return new(Drive(settings, scenario, network, demand, trips), scenario, demand.NotSupported);
    }

    private static BuiltinEngine Drive(SimulationSettings settings, ScenarioFile scenario, RoadNetwork network, StreetDemand demand, string trips)
    {
        var file = File.Create(trips);
        try
        {
            return new(new(network, demand, settings.Sensing, settings.Seed, scenario.Begin, scenario.End, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static DemandFile Read(string file, bool isAdditional) => new(file, File.ReadAllBytes(file), isAdditional);
}
