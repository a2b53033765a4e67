using System.Collections.Immutable;
using System.Text;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Sumo;

/// <summary>Sees every vehicle within 200 m of the stop lines of one intersection, as video or radar would: lane, distance, speed,
/// what it looks like, and a number of its own for each. A number says nothing elsewhere, and ends when the vehicle leaves the view.</summary>
internal sealed class VehicleSensor
{
    /// <summary>How far the sensor sees, from the stop line along the road.</summary>
    public const double RangeMetres = 200;

    private readonly Utf8Map<(ushort Observed, double EndToStopMetres)> lanes = new();
    private readonly Utf8Map<Followed> followed = new();
    private readonly List<(TrackedObject Seen, byte[] Id)> fresh = [];
    private readonly List<TrackedObject> seen = [];
    private uint lastTrack;
    private long look;

    public VehicleSensor(RoadNetwork network, Intersection intersection)
    {
        foreach (var observed in intersection.ObservedLanes)
        {
            var lane = network.Lanes[observed.Lane];
            lanes.Set(Encoding.UTF8.GetBytes(lane.Id.Value), (checked((ushort)observed.Index), observed.OffsetMetres + lane.LengthMetres));
        }
    }

    /// <summary>What was seen at the last look, by lane, distance and number.</summary>
    public ImmutableArray<TrackedObject> Objects { get; private set; } = [];

    /// <summary>Begins the look of one second.</summary>
    public void Begin()
    {
        look++;
        seen.Clear();
        fresh.Clear();
    }

    /// <summary>A vehicle somewhere near. The same one may be told twice, where an intersection has several junctions.</summary>
    /// <param name="id">Only to know it again.</param>
    public void See(
        ReadOnlySpan<byte> id, ReadOnlySpan<byte> lane, double positionMetres, double speedMetresPerSecond, ReadOnlySpan<byte> vehicleClass)
    {
        if (!lanes.TryGet(lane, out var place))
            return;
        var distance = place.EndToStopMetres - positionMetres;
        if (!(distance <= RangeMetres))
            return;
        var known = followed.TryGet(id, out var vehicle);
        if (known && vehicle!.LastLook == look)
            return;
        if (!known)
            followed.Set(id, vehicle = new Followed(ObjectClasses.Of(vehicleClass)));
        vehicle!.LastLook = look;
        var speed = Decimetres(speedMetresPerSecond, ushort.MaxValue);
        var found = new TrackedObject(place.Observed, Decimetres(distance, 2000), speed, vehicle.Class, vehicle.Track);
        if (known)
            seen.Add(found);
        else
            fresh.Add((found, id.ToArray()));
    }

    /// <summary>Ends the look: numbers the new vehicles, forgets those out of view.</summary>
    public void End()
    {
        fresh.Sort(static (a, b) => Order(a.Seen, b.Seen) is var order and not 0 ? order : a.Id.AsSpan().SequenceCompareTo(b.Id));
        foreach (var (vehicle, id) in fresh)
        {
            followed.TryGet(id, out var entry);
            entry!.Track = ++lastTrack;
            seen.Add(vehicle with { Track = entry.Track });
        }
        followed.RemoveWhere(vehicle => vehicle.LastLook != look);
        seen.Sort(Order);
        Objects = [.. seen];
    }

    private static int Order(TrackedObject a, TrackedObject b) =>
        a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane)
        : a.DistanceDecimetres != b.DistanceDecimetres ? a.DistanceDecimetres.CompareTo(b.DistanceDecimetres)
        : a.Track.CompareTo(b.Track);

    private static ushort Decimetres(double metres, ushort most) =>
        (ushort)Math.Clamp(Math.Round(metres * 10, MidpointRounding.AwayFromZero), 0, most);

    private sealed class Followed(ObjectClass @class)
    {
        public ObjectClass Class => @class;

        public uint Track { get; set; }

        public long LastLook { get; set; }
    }
}
