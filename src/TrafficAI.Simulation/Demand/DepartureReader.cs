using System.Globalization;

namespace TrafficAI.Simulation.Demand;

/// <summary>How and where a vehicle enters and leaves, from the words of a <c>vehicle</c>, <c>trip</c> or <c>flow</c>.</summary>
internal sealed record Manner(DepartLane Lane, DepartPosition Position, DepartSpeed Speed, Arrival Arrival, bool ArrivesAnywhere);

/// <summary>Reads SUMO's words for departure and arrival.</summary>
internal static class DepartureReader
{
    /// <summary>A random position of arrival is only marked: it is drawn for each vehicle.</summary>
    public static Manner Read(DemandElement element, LeftOut leftOut) => new(
        ReadLane(element), ReadPosition(element, leftOut), ReadSpeed(element), ReadArrival(element, leftOut), element.Optional("arrivalPos") == "random");

    private static DepartLane ReadLane(DemandElement element) => element.Optional("departLane") switch
    {
        null or "first" => new(DepartLaneKind.First),
        "random" => new(DepartLaneKind.Random),
        "free" => new(DepartLaneKind.Free),
        "allowed" => new(DepartLaneKind.Allowed),
        "best" => new(DepartLaneKind.Best),
        _ => new(DepartLaneKind.Index, element.Whole("departLane", 0)!.Value),
    };

    private static DepartPosition ReadPosition(DemandElement element, LeftOut leftOut)
    {
        switch (element.Optional("departPos"))
        {
            case null or "base": return new(DepartPositionKind.Base);
            case "random": return new(DepartPositionKind.Random);
            case "free": return new(DepartPositionKind.Free);
            case "random_free": return new(DepartPositionKind.RandomFree);
            case "last": return new(DepartPositionKind.Last);
            case "stop": return new(DepartPositionKind.Stop);
            case "splitFront":
                leftOut.Add(element, "departPos \"splitFront\" (base instead)");
                return new(DepartPositionKind.Base);
            case var text: return new(DepartPositionKind.Metres, element.Number("departPos", text));
        }
    }

    private static DepartSpeed ReadSpeed(DemandElement element) => element.Optional("departSpeed") switch
    {
        null => new(DepartSpeedKind.MetresPerSecond),
        "random" => new(DepartSpeedKind.Random),
        "max" => new(DepartSpeedKind.Max),
        "desired" => new(DepartSpeedKind.Desired),
        "speedLimit" => new(DepartSpeedKind.SpeedLimit),
        "last" => new(DepartSpeedKind.Last),
        "avg" => new(DepartSpeedKind.Average),
        var text => new(DepartSpeedKind.MetresPerSecond, element.Number("departSpeed", text, 0)),
    };

    private static Arrival ReadArrival(DemandElement element, LeftOut leftOut)
    {
        double? position = element.Optional("arrivalPos") is null or "max" or "random" ? null : element.Number("arrivalPos");
        int? lane = element.Optional("arrivalLane") switch
        {
            null or "current" => null,
            "first" => 0,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index,
            var text => Other(element, leftOut, text),
        };
        double? speed = element.Optional("arrivalSpeed") is null or "current" ? null : element.Number("arrivalSpeed", 0);
        return new(position, lane, speed);
    }

    private static int? Other(DemandElement element, LeftOut leftOut, string text)
    {
        leftOut.Add(element, $"arrivalLane \"{text}\" (current instead)");
        return null;
    }
}
