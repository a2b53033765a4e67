using System.Collections.Immutable;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Field;

/// <summary>A site with all that its file names.</summary>
public sealed record ServedSite(ScenarioFile Scenario, Site Site, ImmutableDictionary<IntersectionId, Credentials> Controllers)
{
    /// <exception cref="InputException">A key is missing or broken.</exception>
    public static ServedSite Read(SiteFile file)
    {
        var scenario = ScenarioFile.Read(file.Scenario);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, file.ControlClass, scenario.ReadSignals());
        return new(scenario, site, ControllerKeys.Read(file.Keys, site));
    }
}
