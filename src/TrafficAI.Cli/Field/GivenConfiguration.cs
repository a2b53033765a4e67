using TrafficAI.FieldBus;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Field;

/// <summary>The configuration that a controller was given: of a scenario, or as bytes.</summary>
public static class GivenConfiguration
{
    /// <param name="scenario">A scenario, or null.</param>
    /// <param name="file">A serialised configuration, or null.</param>
    /// <param name="intersection">Which of the scenario's; null where there is one.</param>
    /// <exception cref="InputException">Neither or both are named, or there is no such intersection, or the file holds no configuration.</exception>
    public static FieldBus.Wire.Configuration Read(string? scenario, string? file, string? intersection, ControlClass controlClass)
    {
        if (scenario is null == file is null) throw new InputException("name SCENARIO or --configuration FILE: what the controller was configured by.");
        return file is null ? OfScenario(scenario!, intersection, controlClass) : OfFile(file);
    }

    private static FieldBus.Wire.Configuration OfFile(string file) => WireReader.TryRead(MessageKind.Configuration, File.ReadAllBytes(file), out var message, out var refusal)
        ? (FieldBus.Wire.Configuration)message
        : throw new InputException($"{file}: {refusal!.Text}. Write one with --write-configuration.");

    private static FieldBus.Wire.Configuration OfScenario(string path, string? intersection, ControlClass controlClass)
    {
        var scenario = ScenarioFile.Read(path);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, controlClass, scenario.ReadSignals());
        var found = site.Models.Where(model => intersection is null || model.Signals.Id.Value == intersection).ToList();
        if (found is [var one]) return ConfigurationWriter.Write(one.Signals, one.Intersection.Detectors);
        var names = string.Join(", ", site.Models.Select(model => model.Signals.Id));
        throw new InputException(intersection is null
            ? $"{path} has {site.Models.Length} intersections. Name one with --intersection: {names}."
            : $"{path} has no intersection '{intersection}'. Choose from {names}.");
    }
}
