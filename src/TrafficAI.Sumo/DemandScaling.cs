using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TrafficAI.Network;

namespace TrafficAI.Sumo;

/// <summary>More or less demand: a new route file in which each vehicle stands on average as often as the factor says.</summary>
/// <remarks>A vehicle is kept or copied floor(factor) times, and once more with the chance of the rest. Copies get ids of their own and
/// depart 1 to 30 s later. The rate of a flow is multiplied. Pedestrians stay as many. The file holds everything of the scenario's route files,
/// in order of departure.</remarks>
public static class DemandScaling
{
    private const int LongestShiftSeconds = 30;
    private const double LargestFactor = 100;

    /// <summary>Writes the scaled route file and gives the scenario that uses it.</summary>
    /// <param name="factor">More than 0, at most 100.</param>
    /// <param name="seed">The same seed gives the same file.</param>
    /// <param name="path">Where to write it; keep it beside the trip file, so that anyone can score the run.</param>
    /// <exception cref="ScenarioException">The demand cannot be scaled: a flow of more than a vehicle a second, or files that cannot be read.</exception>
    public static ScenarioFile Apply(ScenarioFile scenario, double factor, int seed, string path)
    {
        if (!(factor > 0 && factor <= LargestFactor))
            throw new ScenarioException(string.Create(CultureInfo.InvariantCulture,
                $"{scenario.Path}: a demand factor of {factor} is not possible. Give a --scale above 0, at most {LargestFactor}."));
        var additional = Departures.Read(scenario.AdditionalFiles);
        if (additional.HasFlows || additional.Vehicles.Count > 0)
            throw new ScenarioException($"{scenario.Path}: vehicles in additional files cannot be scaled. Move them to a route file.");
        var elements = scenario.RouteFiles.SelectMany(Elements).ToList();
        foreach (var flow in elements.SelectMany(e => e.DescendantsAndSelf("flow")))
            FlowScaling.Apply(flow, factor, scenario.Path);
        Write(path, Scale(elements, factor, new SplitMix64((ulong)seed)));
        return scenario with { RouteFiles = [path] };
    }

    private static IEnumerable<XElement> Scale(List<XElement> elements, double factor, SplitMix64 chance)
    {
        var ids = elements.Select(Id).ToHashSet(StringComparer.Ordinal);
        var rest = elements.Where(e => Departs(e) is null);
        var scaled = elements.Where(e => Departs(e) is not null).SelectMany(e => IsVehicle(e) ? Copies(e, factor, chance, ids) : [e]).ToList();
        return rest.Concat(scaled.OrderBy(e => Departs(e)!.Value)); // OrderBy keeps the order of equals
    }

    private static IEnumerable<XElement> Copies(XElement vehicle, double factor, SplitMix64 chance, HashSet<string> ids)
    {
        var whole = (int)Math.Floor(factor);
        var times = whole + (chance.NextUnit() < factor - whole ? 1 : 0);
        for (var i = 0; i < times; i++)
            yield return i == 0 ? vehicle : Copy(vehicle, chance.NextBetween(1, LongestShiftSeconds), ids);
    }

    private static XElement Copy(XElement vehicle, int shiftSeconds, HashSet<string> ids)
    {
        var number = 2;
        while (!ids.Add($"{Id(vehicle)}.copy{number}"))
            number++;
        var copy = new XElement(vehicle);
        copy.SetAttributeValue("id", $"{Id(vehicle)}.copy{number}");
        copy.SetAttributeValue("depart", (Departs(vehicle)!.Value + shiftSeconds).ToString("0.00", CultureInfo.InvariantCulture));
        return copy;
    }

    private static bool IsVehicle(XElement element) => element.Name.LocalName is "vehicle" or "trip";

    private static string Id(XElement element) => element.Attribute("id")?.Value ?? "";

    private static double? Departs(XElement element) =>
        SumoTime.TryParse((element.Attribute("depart") ?? element.Attribute("begin"))?.Value, out var seconds) ? seconds : null;

    private static IEnumerable<XElement> Elements(string file)
    {
        XElement root;
        try
        {
            using var xml = SumoFile.Open(file);
            root = XDocument.Load(xml).Root!;
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException)
        {
            throw new ScenarioException($"{file}: {SumoFile.OneLine(e.Message)} Repair the route file.", e);
        }
        return root.Elements();
    }

    private static void Write(string path, IEnumerable<XElement> elements)
    {
        try
        {
            using var xml = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
            xml.WriteStartElement("routes");
            foreach (var element in elements)
                element.WriteTo(xml);
            xml.WriteEndElement();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{path}: the scaled route file cannot be written ({SumoFile.OneLine(e.Message)}). "
                + "Choose another place for the trip file.", e);
        }
    }
}
