using System.Collections.Immutable;

namespace TrafficAI.Signals.Street;

/// <summary>Sees every vehicle within 200 m of the stop lines of one intersection, as video or radar would: lane, distance, speed,
/// what it looks like, and a number of its own for each. A number says nothing elsewhere, and ends when the vehicle leaves the view.</summary>
public sealed class VehicleSensor
{
    /// <summary>How far the sensor sees, from the stop line along the road.</summary>
    public const double RangeMetres = 200;

    private readonly Dictionary<int, Followed> followed = [];
    private readonly List<int> inView = [];
    private readonly List<(TrackedObject Seen, int Vehicle)> fresh = [];
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
    /// <param name="vehicle">Only to know it again: the engine's own number, of no other vehicle of the run.</param>
    /// <param name="observed">Index of the observed lane.</param>
    /// <param name="distanceMetres">To the stop line.</param>
    public void See(int vehicle, ObjectClass looks, ushort observed, double distanceMetres, double speedMetresPerSecond)
    {
        if (!(distanceMetres <= RangeMetres))
            return;
        var known = followed.TryGetValue(vehicle, out var entry);
        if (!known)
            Follow(vehicle, entry = new Followed());
        entry!.LastLook = look;
        var speed = Decimetres(speedMetresPerSecond, ushort.MaxValue);
        var found = new TrackedObject(observed, Decimetres(distanceMetres, 2000), speed, looks, entry.Track);
        if (known)
            seen.Add(found);
        else
            fresh.Add((found, vehicle));
    }

    /// <summary>Ends the look: numbers the new vehicles, forgets those out of view.</summary>
    public void End()
    {
        fresh.Sort(static (a, b) => Order(a.Seen, b.Seen) is var order and not 0 ? order : a.Vehicle.CompareTo(b.Vehicle));
        foreach (var (found, vehicle) in fresh)
        {
            followed[vehicle].Track = ++lastTrack;
            seen.Add(found with { Track = lastTrack });
        }
        inView.RemoveAll(IsGone);
        seen.Sort(Order);
        Objects = [.. seen];
    }

    private void Follow(int vehicle, Followed entry)
    {
        followed.Add(vehicle, entry);
        inView.Add(vehicle);
    }

    private bool IsGone(int vehicle) => followed[vehicle].LastLook != look && followed.Remove(vehicle);

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
