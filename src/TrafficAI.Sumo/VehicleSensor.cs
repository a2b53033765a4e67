using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Sumo;

/// <summary>Sees every vehicle within 200 m of the stop lines of one intersection, as video or radar would: lane, distance, speed,
/// what it looks like, and a number of its own for each. A number says nothing elsewhere, and ends when the vehicle leaves the view.</summary>
internal sealed class VehicleSensor
{
    /// <summary>How far the sensor sees, from the stop line along the road.</summary>
    public const double RangeMetres = 200;

    private readonly Dictionary<StreetVehicle, Followed> followed = [];
    private readonly List<(TrackedObject Seen, StreetVehicle Vehicle)> fresh = [];
    private readonly List<TrackedObject> seen = [];
    private uint lastTrack;
    private long look;

    /// <summary>What was seen at the last look, by lane, distance and number.</summary>
    public ImmutableArray<TrackedObject> Objects { get; private set; } = [];

    /// <summary>Begins the look of one second.</summary>
    public void Begin()
    {
        look++;
        seen.Clear();
        fresh.Clear();
    }

    /// <summary>A vehicle on an observed lane; told once a look.</summary>
    /// <param name="vehicle">Only to know it again.</param>
    /// <param name="observed">Index of the observed lane.</param>
    /// <param name="distanceMetres">To the stop line.</param>
    public void See(StreetVehicle vehicle, ushort observed, double distanceMetres, double speedMetresPerSecond)
    {
        if (!(distanceMetres <= RangeMetres))
            return;
        var known = followed.TryGetValue(vehicle, out var entry);
        if (!known)
            followed.Add(vehicle, entry = new Followed());
        entry!.LastLook = look;
        var speed = Decimetres(speedMetresPerSecond, ushort.MaxValue);
        var found = new TrackedObject(observed, Decimetres(distanceMetres, 2000), speed, vehicle.Class ?? ObjectClass.Other, entry.Track);
        if (known)
            seen.Add(found);
        else
            fresh.Add((found, vehicle));
    }

    /// <summary>Ends the look: numbers the new vehicles, forgets those out of view.</summary>
    public void End()
    {
        fresh.Sort(static (a, b) => Order(a.Seen, b.Seen) is var order and not 0 ? order : a.Vehicle.Name.AsSpan().SequenceCompareTo(b.Vehicle.Name));
        foreach (var (found, vehicle) in fresh)
        {
            followed[vehicle].Track = ++lastTrack;
            seen.Add(found with { Track = lastTrack });
        }
        foreach (var (vehicle, entry) in followed)
        {
            if (entry.LastLook != look)
                followed.Remove(vehicle);
        }
        seen.Sort(Order);
        Objects = [.. seen];
    }

    private static int Order(TrackedObject a, TrackedObject b) =>
        a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane)
        : a.DistanceDecimetres != b.DistanceDecimetres ? a.DistanceDecimetres.CompareTo(b.DistanceDecimetres)
        : a.Track.CompareTo(b.Track);

    private static ushort Decimetres(double metres, ushort most) =>
        (ushort)Math.Clamp(Math.Round(metres * 10, MidpointRounding.AwayFromZero), 0, most);

    private sealed class Followed
    {
        public uint Track { get; set; }

        public long LastLook { get; set; }
    }
}
