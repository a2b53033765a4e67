using System.Globalization;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>Checks a scenario or a network: reads it as a run would, derives the signals, and lets every controller execute its own
/// plan and every passage under the eyes of the monitor.</summary>
public static class ScenarioCheck
{
    /// <returns>Exit status: 0 fit for use, 1 the monitor objects.</returns>
    public static int Run(string path, ControlClass controlClass, TextWriter to)
    {
        var (name, bytes, file) = Load(path);
        var site = Site.Build(bytes, name, controlClass, file);
        var plain = file == SignalsFile.None ? site : Site.Build(bytes, name, controlClass);
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {site.Network.Lanes.Length} lanes, {site.Network.Junctions.Length} junctions, {site.Signals.Length} with lights, class {ScenarioOptions.NameOf(controlClass)}"));
        if (Beyond(file, controlClass) is { } beyond) to.WriteLine($"  {beyond}");
        var objections = 0;
        for (var i = 0; i < site.Signals.Length; i++)
        {
            var signals = site.Signals[i];
            var model = site.Models[i];
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {signals.Id}: {signals.Phases.Length} phases, {signals.Groups.Length} groups, {model.Lanes.Length} stop lanes, {model.Movements.Length} movements, cycle {signals.LocalPlan.CycleSeconds} s"));
            if (SignalsChange.Of(file, plain.Signals[i], signals) is { } change) to.WriteLine($"    {change}");
            foreach (var violation in PassageCheck.Run(signals).Concat(Objections(signals)).Concat(GreenConflicts.Find(site.Network, model.Intersection, signals)))
            {
                objections++;
                to.WriteLine($"    {violation}");
            }
        }

        to.WriteLine(objections == 0 ? "  fit for use" : string.Create(CultureInfo.InvariantCulture, $"  NOT fit for use: {objections} objections. Mend the programme in netedit, or choose another --class."));
        return objections == 0 ? CommandLine.Done : CommandLine.CheckFailed;
    }

    private static IEnumerable<string> Objections(IntersectionSignals signals) =>
        MaximumRedFit.Objection(signals) is { } objection ? [objection] : [];

    /// <summary>What the signal file says of more than one intersection; null for nothing.</summary>
    private static string? Beyond(SignalsFile file, ControlClass controlClass)
    {
        var words = new List<string>();
        if (file.Date is { } date) words.Add($"second 0 is {date}");
        if (!file.Corridors.IsEmpty) words.Add($"corridors {string.Join(", ", file.Corridors.Select(c => c.Names.Any ?? c.Id))}");
        if (controlClass != ControlClass.Site && file != SignalsFile.None) words.Add("its profile, minima, intergreens and maximum red are for class site only");
        return words.Count == 0 ? null : $"{SignalsFile.FileName}: {string.Join("; ", words)}";
    }

    private static (string Name, ReadOnlyMemory<byte> Bytes, SignalsFile Signals) Load(string path)
    {
        if (path.EndsWith(".net.xml", StringComparison.Ordinal) || path.EndsWith(".net.xml.gz", StringComparison.Ordinal))
            return (path, File.ReadAllBytes(path), SignalsFile.None);
        var scenario = ScenarioFile.Read(path);
        return (scenario.NetFile, scenario.NetBytes, scenario.ReadSignals());
    }
}
