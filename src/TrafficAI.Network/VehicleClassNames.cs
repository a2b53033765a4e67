namespace TrafficAI.Network;

/// <summary>SUMO's names of vehicle classes.</summary>
public static class VehicleClassNames
{
    /// <summary>Who may use a lane with these attributes, as SUMO reads them: <c>allow</c> wins over <c>disallow</c>.</summary>
    /// <param name="unknown">The first name that is no class of SUMO; null if all are known.</param>
    internal static VehicleClasses Read(string? allow, string? disallow, out string? unknown)
    {
        unknown = null;
        if (allow is not null) return ReadNames(allow, out unknown);
        return disallow is null ? VehicleClasses.All : VehicleClasses.All & ~ReadNames(disallow, out unknown);
    }

    private static VehicleClasses ReadNames(string names, out string? unknown)
    {
        unknown = null;
        var classes = VehicleClasses.None;
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryRead(name) is { } one) classes |= one;
            else unknown ??= name;
        }

        return classes;
    }

    /// <summary>The class of that name; null if SUMO has none, and none for classes that never drive on a street lane of their own.</summary>
    public static VehicleClasses? TryRead(string name) => name switch
    {
        "all" => VehicleClasses.All,
        "private" => VehicleClasses.Private,
        "emergency" or "public_emergency" => VehicleClasses.Emergency,
        "authority" or "public_authority" => VehicleClasses.Authority,
        "army" or "public_army" => VehicleClasses.Army,
        "vip" => VehicleClasses.Vip,
        "pedestrian" => VehicleClasses.Pedestrian,
        "passenger" => VehicleClasses.Passenger,
        "hov" => VehicleClasses.Hov,
        "taxi" => VehicleClasses.Taxi,
        "bus" or "public_transport" => VehicleClasses.Bus,
        "coach" => VehicleClasses.Coach,
        "delivery" => VehicleClasses.Delivery,
        "truck" or "transport" => VehicleClasses.Truck,
        "trailer" => VehicleClasses.Trailer,
        "motorcycle" => VehicleClasses.Motorcycle,
        "moped" => VehicleClasses.Moped,
        "bicycle" => VehicleClasses.Bicycle,
        "evehicle" => VehicleClasses.EVehicle,
        "tram" or "lightrail" => VehicleClasses.Tram,
        "rail_urban" or "cityrail" => VehicleClasses.RailUrban,
        "rail" or "rail_slow" => VehicleClasses.Rail,
        "rail_electric" => VehicleClasses.RailElectric,
        "rail_fast" => VehicleClasses.RailFast,
        "ship" => VehicleClasses.Ship,
        "custom1" => VehicleClasses.Custom1,
        "custom2" => VehicleClasses.Custom2,

        // Classes of later SUMO versions, which never drive on a street lane of their own.
        "container" or "cable_car" or "subway" or "aircraft" or "wheelchair" or "scooter" or "drone" or "ignoring" => VehicleClasses.None,
        _ => null,
    };
}
