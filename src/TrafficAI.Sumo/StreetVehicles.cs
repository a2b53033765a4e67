using TrafficAI.Signals;

namespace TrafficAI.Sumo;

/// <summary>A vehicle in the street.</summary>
/// <param name="number">Its own for the whole run, in the order of departure.</param>
internal sealed class StreetVehicle(byte[] name, int number)
{
    public int Number => number;

    /// <summary>What SUMO calls it, in UTF-8.</summary>
    public byte[] Name => name;

    /// <summary>What it looks like; null until SUMO has been asked.</summary>
    public ObjectClass? Class { get; set; }
}

/// <summary>The vehicles in the street, from departure to arrival, so that SUMO can be asked about each by name.</summary>
internal sealed class StreetVehicles
{
    private readonly Utf8Map<StreetVehicle> byName = new();
    private readonly List<StreetVehicle> all = [];
    private int entered;

    /// <summary>In no order that means anything.</summary>
    public IReadOnlyList<StreetVehicle> All => all;

    public void Enter(ReadOnlySpan<byte> name)
    {
        if (byName.TryGet(name, out _))
            return;
        var vehicle = new StreetVehicle(name.ToArray(), entered++);
        byName.Set(vehicle.Name, vehicle);
        all.Add(vehicle);
    }

    public void Leave(ReadOnlySpan<byte> name)
    {
        if (byName.Remove(name, out var vehicle))
            all.Remove(vehicle);
    }
}
