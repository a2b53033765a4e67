using System.Xml;
using TrafficAI.Network;

namespace TrafficAI.Sumo;

/// <summary>A vehicle that a route file asks for.</summary>
/// <param name="ScheduledSeconds">When it is to enter the street.</param>
internal readonly record struct Departure(string Id, double ScheduledSeconds);

/// <summary>What route (and additional) files ask for.</summary>
/// <param name="Vehicles">Every <c>vehicle</c> and <c>trip</c> with a time of departure, in the files' order.</param>
/// <param name="HasFlows">There are <c>flow</c>s: vehicles that only SUMO itself can name.</param>
/// <param name="LastFlowEndSeconds">When the last flow ends; null without flows, infinite if one names no end.</param>
/// <param name="BusTypes">Ids of the types whose class is a bus or coach.</param>
internal sealed record Departures(IReadOnlyList<Departure> Vehicles, bool HasFlows, double? LastFlowEndSeconds, IReadOnlySet<string> BusTypes)
{
    /// <summary>SUMO's own type for buses.</summary>
    private const string DefaultBusType = "DEFAULT_BUSTYPE";

    /// <exception cref="ScenarioException">A file cannot be read.</exception>
    public static Departures Read(IEnumerable<string> files)
    {
        var vehicles = new List<Departure>();
        var busTypes = new HashSet<string>(StringComparer.Ordinal) { DefaultBusType };
        double? flowEnd = null;
        foreach (var file in files)
            ReadOne(file, vehicles, busTypes, ref flowEnd);
        return new(vehicles, flowEnd is not null, flowEnd, busTypes);
    }

    private static void ReadOne(string file, List<Departure> vehicles, HashSet<string> busTypes, ref double? flowEnd)
    {
        using var xml = SumoFile.Open(file);
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.Name is "vehicle" or "trip" && SumoTime.TryParse(xml.GetAttribute("depart"), out var depart))
                    vehicles.Add(new(xml.GetAttribute("id") ?? "", depart));
                else if (xml.Name is "vType" && xml.GetAttribute("vClass") is "bus" or "coach")
                    busTypes.Add(xml.GetAttribute("id") ?? "");
                else if (xml.Name is "flow")
                    flowEnd = Math.Max(flowEnd ?? 0, SumoTime.TryParse(xml.GetAttribute("end"), out var end) ? end : double.PositiveInfinity);
            }
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException)
        {
            throw new ScenarioException($"{file}: {SumoFile.OneLine(e.Message)} Repair the route file.", e);
        }
    }
}
