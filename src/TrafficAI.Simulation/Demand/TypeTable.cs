using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>The vehicle types and distributions of types that were read so far.</summary>
internal sealed class TypeTable(DemandChance chance, LeftOut leftOut)
{
    private const string DefaultVehicle = "DEFAULT_VEHTYPE";
    private const string DefaultPedestrian = "DEFAULT_PEDTYPE";

    private readonly List<VehicleType> types = [];
    private readonly Dictionary<string, int> typeById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Distribution<int>> distributions = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Type, double Factor), int> withFactor = [];
    private readonly Dictionary<(int Type, bool Has), int> withBluelight = [];
    private readonly VehicleTypeReader reader = new(leftOut);

    public VehicleType this[int index] => types[index];

    public ImmutableArray<VehicleType> ToImmutable() => [.. types];

    public int AddType(DemandElement element)
    {
        var type = reader.Read(element);
        if (distributions.ContainsKey(type.Id) || !typeById.TryAdd(type.Id, types.Count))
            throw element.Error("is the second type of that id", "Rename or remove one of them");
        types.Add(type);
        weights.Add(type.Id, element.Number("probability", 0) ?? 1);
        return types.Count - 1;
    }

    public void AddDistribution(DemandElement element)
    {
        var id = element.Required("id", "Name the distribution");
        if (typeById.ContainsKey(id) || distributions.ContainsKey(id))
            throw element.Error("is the second type of that id", "Rename or remove one of them");
        distributions.Add(id, Distribution<int>.Of(element, [.. Named(element), .. Nested(element)]));
    }

    /// <summary>The type of a vehicle, or of one vehicle of a flow.</summary>
    /// <param name="id">Of the vehicle: decides what is drawn from a distribution.</param>
    public int Find(DemandElement owner, string id) => Find(owner, id, owner.Optional("type") ?? DefaultVehicle);

    /// <summary>The type of a person.</summary>
    public int FindPerson(DemandElement owner, string id) => Find(owner, id, owner.Optional("type") ?? DefaultPedestrian);

    /// <summary>The same type, with a speed factor that is not drawn.</summary>
    public int WithSpeedFactor(int type, double factor)
    {
        if (withFactor.TryGetValue((type, factor), out var known)) return known;
        withFactor.Add((type, factor), types.Count);
        types.Add(types[type] with { SpeedFactor = new(factor, 0, factor, factor) });
        return types.Count - 1;
    }

    /// <summary>The same type with or without blue light.</summary>
    public int WithBluelight(int type, bool has)
    {
        if (types[type].HasBluelight == has) return type;
        if (withBluelight.TryGetValue((type, has), out var known)) return known;
        withBluelight.Add((type, has), types.Count);
        types.Add(types[type] with { HasBluelight = has });
        return types.Count - 1;
    }

    private int Find(DemandElement owner, string id, string name)
    {
        if (distributions.TryGetValue(name, out var choice)) return choice.Draw(chance.For(id, "type"));
        return Known(name) is >= 0 and var index
            ? index
            : throw owner.Error($"has the type {DemandElement.Quote(name)}, which is not defined before it", "Define the vType above it, or correct the name");
    }

    /// <summary>The index of the type of that name, also of SUMO's own; −1 if there is none.</summary>
    private int Known(string name)
    {
        if (typeById.TryGetValue(name, out var index)) return index;
        if (OwnClass(name) is not { } vehicleClass) return -1;
        typeById.Add(name, types.Count);
        weights.Add(name, 1);
        types.Add(ClassDefaults.Of(vehicleClass, name));
        return types.Count - 1;
    }

    private static VehicleClasses? OwnClass(string name) => name switch
    {
        DefaultVehicle => VehicleClasses.Passenger,
        DefaultPedestrian => VehicleClasses.Pedestrian,
        "DEFAULT_BIKETYPE" => VehicleClasses.Bicycle,
        "DEFAULT_TAXITYPE" => VehicleClasses.Taxi,
        "DEFAULT_RAILTYPE" => VehicleClasses.Rail,
        _ => null,
    };

    private IEnumerable<(int Type, double Weight)> Named(DemandElement element)
    {
        var given = element.List("probabilities").Select(word => element.Number("probabilities", word, 0)).ToList();
        foreach (var (position, name) in element.List("vTypes").Index())
        {
            if (Known(name) is not (>= 0 and var index))
                throw element.Error($"names the type {DemandElement.Quote(name)}, which is not defined before it", "Define the vType above it");
            yield return (index, position < given.Count ? given[position] : weights[name]);
        }
    }

    private IEnumerable<(int Type, double Weight)> Nested(DemandElement element)
    {
        foreach (var child in element.Children.Where(child => child.Name == "vType"))
            yield return (AddType(child), child.Number("probability", 0) ?? 1);
    }
}
