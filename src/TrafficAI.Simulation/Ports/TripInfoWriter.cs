using System.Globalization;
using System.Text;
using System.Xml;

namespace TrafficAI.Simulation.Ports;

/// <summary>Writes SUMO's <c>tripinfo</c> file, with those that have not arrived and those that never got in.</summary>
internal static class TripInfoWriter
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, IndentChars = "    ", NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    /// <summary>Writes everybody who was to depart before the end, in the order of the demand, and closes the stream.</summary>
    public static void Write(Stream stream, Street street, BuiltinOptions options)
    {
        using var _ = stream;
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartElement("tripinfos");
        for (var vehicle = 0; vehicle < options.Demand.Vehicles.Length; vehicle++)
            Write(xml, street.Trip(vehicle), options);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, in TripResult trip, BuiltinOptions options)
    {
        var vehicle = options.Demand.Vehicles[trip.Vehicle];
        var (left, arrived) = (trip.Depart >= 0, trip.Arrival >= 0);
        xml.WriteStartElement("tripinfo");
        xml.WriteAttributeString("id", vehicle.Id);
        Number(xml, "depart", trip.Depart);
        xml.WriteAttributeString("departLane", LaneName(options, trip.DepartLane));
        Number(xml, "departPos", left ? trip.DepartPosition : -1);
        Number(xml, "departSpeed", left ? trip.DepartSpeed : -1);
        Number(xml, "departDelay", trip.DepartDelay);
        Number(xml, "arrival", trip.Arrival);
        xml.WriteAttributeString("arrivalLane", LaneName(options, trip.ArrivalLane));
        Number(xml, "arrivalPos", arrived ? trip.ArrivalPosition : -1);
        Number(xml, "arrivalSpeed", arrived ? trip.ArrivalSpeed : -1);
        Number(xml, "duration", trip.Duration);
        Number(xml, "routeLength", trip.RouteLength);
        Number(xml, "waitingTime", trip.WaitingTime);
        xml.WriteAttributeString("waitingCount", trip.WaitingCount.ToString(CultureInfo.InvariantCulture));
        Number(xml, "stopTime", trip.StopTime);
        Number(xml, "timeLoss", trip.TimeLoss);
        xml.WriteAttributeString("rerouteNo", "0");
        xml.WriteAttributeString("devices", "");
        xml.WriteAttributeString("vType", options.Demand.Types[vehicle.Type].Id);
        Number(xml, "speedFactor", trip.SpeedFactor);
        xml.WriteAttributeString("vaporized", arrived ? "" : "end");
        xml.WriteEndElement();
    }

    private static string LaneName(BuiltinOptions options, int lane) => lane < 0 ? "" : options.Network.Lanes[lane].Id.Value;

    private static void Number(XmlWriter xml, string name, double value) =>
        xml.WriteAttributeString(name, value.ToString("0.00", CultureInfo.InvariantCulture));
}
