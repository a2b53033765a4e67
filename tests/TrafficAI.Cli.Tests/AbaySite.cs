using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Tests;

/// <summary>The scenario <c>almaty-abay</c> of the checkout.</summary>
internal static class AbaySite
{
    /// <param name="file">In place of the scenario's own <c>signals.json</c>; null for that.</param>
    public static Site Read(SignalsFile? file = null)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "TrafficAI.sln"))) at = at.Parent!;
        var folder = Path.Combine(at.FullName, "simulations", "almaty-abay");
        return Site.Build(
            File.ReadAllBytes(Path.Combine(folder, "almaty-abay.net.xml")), "almaty-abay.net.xml", ControlClass.Site,
            file ?? SignalsFile.Read(File.ReadAllBytes(Path.Combine(folder, "signals.json")), "signals.json"));
    }
}
