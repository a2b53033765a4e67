using System.Globalization;
using System.Xml;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo;

/// <summary>A vehicle of a trip file: times in street seconds, −1 for what did not come to pass; durations in seconds.</summary>
/// <param name="Type">The id of its <c>vType</c>; empty where the file does not say.</param>
/// <param name="Stops">How often it came to stand; null where the file does not say.</param>
/// <param name="RouteMetres">Driven; null where the file does not say.</param>
/// <param name="Co2Milligrams">By SUMO's emission model; null where the file holds none.</param>
internal sealed record Trip(
    string Id, string Type, double Depart, double DepartDelay, double Arrival, double Duration, double Waiting, double TimeLoss, double? Stops, double? RouteMetres, double? Co2Milligrams);

/// <summary>A walk of a person of a trip file.</summary>
/// <param name="Depart">Street second; negative for one that did not begin.</param>
/// <param name="Arrival">Street second; negative for one that did not end.</param>
/// <param name="TimeLoss">Seconds that it took longer than at the walker's own pace.</param>
internal readonly record struct Walk(double Depart, double Arrival, double TimeLoss);

/// <summary>Reads a trip file front to back.</summary>
internal static class TripReader
{
    /// <exception cref="EngineException">The file is missing or incomplete.</exception>
    public static void Read(string path, Action<Trip> takeTrip, Action<Walk> takeWalk)
    {
        using var xml = Open(path);
        Trip? trip = null;
        while (Next(xml, path))
        {
            if (xml.Name == "emissions" && trip is not null)
                trip = trip with { Co2Milligrams = Known(xml, "CO2_abs") };
            else if (xml.Name == "walk")
                takeWalk(new(Number(xml, path, "depart"), Number(xml, path, "arrival"), Number(xml, path, "timeLoss")));
            else if (xml.Name is "tripinfo" or "personinfo")
                Hand(xml.Name == "tripinfo" ? ReadTrip(xml, path) : null);
        }
        Hand(null);

        void Hand(Trip? next)
        {
            if (trip is not null)
                takeTrip(trip);
            trip = next;
        }
    }

    private static Trip ReadTrip(XmlReader xml, string path) => new(
        xml.GetAttribute("id") ?? "",
        xml.GetAttribute("vType") ?? "",
        Number(xml, path, "depart"),
        Number(xml, path, "departDelay"),
        Number(xml, path, "arrival"),
        Number(xml, path, "duration"),
        Number(xml, path, "waitingTime"),
        Number(xml, path, "timeLoss"),
        Known(xml, "waitingCount"),
        Known(xml, "routeLength"),
        null);

    private static XmlReader Open(string path)
    {
        try
        {
            return SumoFile.Open(path);
        }
        catch (ScenarioException e)
        {
            throw new EngineException(e.Message, e);
        }
    }

    private static bool Next(XmlReader xml, string path)
    {
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element)
                    return true;
            }
            return false;
        }
        catch (XmlException e)
        {
            throw new EngineException($"{path}: the trip file is incomplete ({SumoFile.OneLine(e.Message)}). "
                + "Run again, and read it when the run has finished.", e);
        }
    }

    private static double Number(XmlReader xml, string path, string name) => Known(xml, name)
        ?? throw new EngineException($"{path}: {xml.Name} '{xml.GetAttribute("id")}' has no number '{name}'. Give a trip file of SUMO (--tripinfo-output).");

    private static double? Known(XmlReader xml, string name) =>
        double.TryParse(xml.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
