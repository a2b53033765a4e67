using TrafficAI.Import.Roads;

namespace TrafficAI.Import.Plain;

/// <summary>What is taken where nobody has told: usual figures of the class of a road, always flagged as assumed.</summary>
internal static class RoadDefaults
{
    /// <summary>Classes that become streets: what collects and carries traffic. Residential streets and what is smaller are left out.</summary>
    public static bool IsStreet(Road road) => Rank(road) > 0;

    /// <summary>Lanes of one direction.</summary>
    public static int Lanes(Road road) => road.IsLink ? 1 : (Rank(road), road.Direction == RoadDirection.Both) switch
    {
        ( >= 4, _) => 3,
        (3, false) => 3,
        (3, true) => 2,
        (2, false) => 2,
        _ => 1,
    };

    /// <summary>Speed limit, km/h: 60 in a town of Kazakhstan; 40 on what is smaller.</summary>
    public static int Speed(Road road) => Rank(road) >= 2 && !road.IsLink ? 60 : 40;

    private static int Rank(Road road) => road.Class.Split('_')[0] switch
    {
        "motorway" or "trunk" => 5,
        "primary" => 4,
        "secondary" => 3,
        "tertiary" => 2,
        "unclassified" => 1,
        _ => 0,
    };
}
