using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>The bus stops of the files, and the stops that vehicles make.</summary>
internal sealed class StopTable
{
    private const double ShortestMetres = 0.2; // SUMO's POSITION_EPS twice: what it calls MIN_STOP_LENGTH
    private const double Slack = 0.1;

    private static readonly ImmutableHashSet<string> Used =
        ["lane", "edge", "busStop", "trainStop", "startPos", "endPos", "pos", "friendlyPos", "duration", "until", "parking", "index"];

    /// <summary>What changes neither where nor how long a vehicle stands.</summary>
    private static readonly ImmutableHashSet<string> WithoutEffect =
        ["arrival", "started", "ended", "line", "tripId", "actType", "posLat", "permitted", "id", "color"];

    private readonly RoadNetwork network;
    private readonly LeftOut leftOut;
    private readonly Dictionary<string, int> laneById;
    private readonly Dictionary<string, StopPlace> places = new(StringComparer.Ordinal);

    public StopTable(RoadNetwork network, LeftOut leftOut)
    {
        this.network = network;
        this.leftOut = leftOut;
        laneById = network.Lanes.ToDictionary(lane => lane.Id.Value, lane => lane.Index, StringComparer.Ordinal);
    }

    public void AddPlace(DemandElement element)
    {
        var id = element.Required("id", "Name the stop");
        var lane = Lane(element, element.Required("lane", "Say on which lane the stop lies"));
        var length = network.Lanes[lane].LengthMetres;
        if (!places.TryAdd(id, Place(element, lane, id, element.Number("startPos") ?? 0, element.Number("endPos") ?? length)))
            throw element.Error("is the second stop of that id", "Rename or remove one of them");
    }

    /// <summary>Where the place of that id lies; null if there is none.</summary>
    public StopPlace? Find(string id) => places.TryGetValue(id, out var place) ? place : null;

    /// <summary>The stop of a vehicle, or null where it is of a kind that is left out, which is then counted.</summary>
    public StopWish? Read(DemandElement stop)
    {
        leftOut.AddAttributes(stop, Used, WithoutEffect);
        var place = Where(stop);
        if (place is null) return null;
        var (duration, until) = (stop.Time("duration"), stop.Time("until"));
        if (duration is null && until is null)
        {
            leftOut.Add(stop, "stop without duration and until");
            return null;
        }
        return new(place.Value, Math.Max(duration ?? 0, 0), until, stop.Optional("parking") is not "opportunistic" && stop.Flag("parking"));
    }

    private StopPlace? Where(DemandElement stop)
    {
        if ((stop.Optional("busStop") ?? stop.Optional("trainStop")) is { } id)
        {
            return Find(id) ?? throw stop.Error(
                $"names the bus stop {DemandElement.Quote(id)}, which is not defined before it", "Put it into an additional file, or correct the name");
        }
        if (stop.Optional("lane") is not { } name)
        {
            leftOut.Add(stop, "stop neither on a lane nor at a bus stop");
            return null;
        }
        var lane = Lane(stop, name);
        var end = stop.Number("endPos") ?? stop.Number("pos") ?? network.Lanes[lane].LengthMetres;
        return Place(stop, lane, null, stop.Number("startPos") ?? Math.Max(0, (end < 0 ? end + network.Lanes[lane].LengthMetres : end) - ShortestMetres), end);
    }

    private int Lane(DemandElement element, string name) => laneById.TryGetValue(name, out var lane)
        ? lane
        : throw element.Error($"names the lane {DemandElement.Quote(name)}, which is not in the network", "Correct the name");

    private StopPlace Place(DemandElement element, int lane, string? id, double start, double end)
    {
        var length = network.Lanes[lane].LengthMetres;
        if (start < 0) start += length;
        if (end < 0) end += length;
        if (element.Flag("friendlyPos"))
        {
            end = Math.Clamp(end, Math.Min(ShortestMetres, length), length);
            start = Math.Clamp(start, 0, Math.Max(0, end - Slack));
        }
        return start >= 0 && start < end && end <= length + Slack
            ? new(id, lane, start, Math.Min(end, length))
            : throw element.Error($"does not lie on its lane, which is {FormattableString.Invariant($"{length}")} m long", "Correct startPos and endPos");
    }
}

/// <summary>Where vehicles stop.</summary>
/// <param name="Id">Of the bus stop; null for a bare lane.</param>
internal readonly record struct StopPlace(string? Id, int Lane, double StartMetres, double EndMetres);

/// <summary>A stop as the file asks for it, not yet placed on a route.</summary>
/// <param name="UntilMilliseconds">Street time, or counted from the departure where a route asks for the stop.</param>
internal sealed record StopWish(StopPlace Place, long DurationMilliseconds, long? UntilMilliseconds, bool Parking);
