using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Reads SUMO's <c>vType</c>.</summary>
internal sealed class VehicleTypeReader(LeftOut leftOut)
{
    private const string NextClass = "Write a class of SUMO, such as passenger, bus or bicycle";

    private static readonly ImmutableHashSet<string> Used =
    [
        "id", "vClass", "length", "minGap", "accel", "decel", "emergencyDecel", "apparentDecel", "tau", "sigma", "maxSpeed", "desiredMaxSpeed",
        "speedFactor", "speedDev", "impatience", "probability", "carFollowModel", "laneChangeModel",
        "lcStrategic", "lcCooperative", "lcSpeedGain", "lcKeepRight", "lcOvertakeRight", "lcLookaheadLeft", "lcSpeedGainRight",
        "lcSpeedGainLookahead", "lcAssertive",
        "jmDriveAfterYellowTime", "jmDriveAfterRedTime", "jmDriveRedSpeed", "jmIgnoreKeepClearTime", "jmIgnoreFoeSpeed", "jmIgnoreFoeProb",
        "jmIgnoreJunctionFoeProb", "jmSigmaMinor", "jmStoplineGap", "jmTimegapMinor", "jmCrossingGap",
    ];

    /// <summary>What changes neither where nor how fast a vehicle drives.</summary>
    private static readonly ImmutableHashSet<string> WithoutEffect =
    [
        "color", "guiShape", "width", "height", "emissionClass", "mass", "imgFile", "osgFile", "laneChangeColor", "personCapacity", "containerCapacity",
        "boardingDuration", "loadingDuration", "latAlignment", "minGapLat", "maxSpeedLat", "carriageLength", "locomotiveLength", "carriageGap",
        "maneuverAngleTimes",
    ];

    /// <summary>Names the file, line and element in the error if a value is out of its range.</summary>
    public VehicleType Read(DemandElement element)
    {
        Note(element);
        var defaults = ClassDefaults.Of(ReadClass(element), element.Required("id", "Name the type"));
        var deceleration = element.Positive("decel") ?? defaults.Deceleration;
        var sigma = element.Number("sigma", 0, 1) ?? defaults.Sigma;
        var maxSpeed = element.Positive("maxSpeed") ?? defaults.MaxSpeed;
        return defaults with
        {
            LengthMetres = element.Positive("length") ?? defaults.LengthMetres,
            MinGapMetres = element.Number("minGap", 0) ?? defaults.MinGapMetres,
            Acceleration = element.Positive("accel") ?? defaults.Acceleration,
            Deceleration = deceleration,
            EmergencyDeceleration = Math.Max(deceleration, element.Positive("emergencyDecel") ?? defaults.EmergencyDeceleration),
            ApparentDeceleration = element.Positive("apparentDecel") ?? deceleration,
            Tau = element.Positive("tau") ?? defaults.Tau,
            Sigma = sigma,
            MaxSpeed = maxSpeed,
            DesiredMaxSpeed = element.Positive("desiredMaxSpeed") ?? Wished(element, defaults, maxSpeed),
            SpeedFactor = ReadSpeedFactor(element, defaults.SpeedFactor),
            Impatience = element.Optional("impatience") == "off" ? double.NegativeInfinity : element.Number("impatience", most: 1) ?? 0,
            LaneChanging = ReadLaneChanging(element),
            Junctions = ReadJunctions(element, JunctionManners.Default(sigma)),
            HasBluelight = Bluelight(element) ?? false,
        };
    }

    /// <summary>Whether the parameters of a type or a vehicle give it SUMO's device <c>bluelight</c>, or take it away; null where they say nothing.</summary>
    public static bool? Bluelight(DemandElement element) =>
        element.Children.LastOrDefault(child => child.Name == "param" && child.Optional("key") == "has.bluelight.device")?.Flag("value");

    private void Note(DemandElement element)
    {
        leftOut.AddAttributes(element, Used, WithoutEffect);
        if (element.Optional("carFollowModel") is { } following and not "Krauss")
            leftOut.Add(element, $"carFollowModel \"{following}\" (Krauss instead)");
        if (element.Optional("laneChangeModel") is { } changing and not ("LC2013" or "default"))
            leftOut.Add(element, $"laneChangeModel \"{changing}\" (LC2013 instead)");
        foreach (var child in element.Children.Where(child => child.Name != "param"))
            leftOut.Add(element, $"{child.Name} in vType");
    }

    private static VehicleClasses ReadClass(DemandElement element)
    {
        if (element.Optional("vClass") is not { } word) return VehicleClasses.Passenger;
        var one = VehicleClassNames.TryRead(word) ?? VehicleClasses.None;
        return one is VehicleClasses.None or VehicleClasses.All ? throw element.Error($"vClass {DemandElement.Quote(word)} is no class", NextClass) : one;
    }

    // a pedestrian type that names a top speed means what its people walk
    private static double Wished(DemandElement element, VehicleType defaults, double maxSpeed) =>
        defaults.Class == VehicleClasses.Pedestrian && element.Has("maxSpeed") ? maxSpeed : defaults.DesiredMaxSpeed;

    private static SpeedFactor ReadSpeedFactor(DemandElement element, SpeedFactor defaults)
    {
        var factor = element.Optional("speedFactor") is { } text ? ReadDistribution(element, text, defaults) : defaults;
        factor = factor with { Deviation = element.Number("speedDev", 0) ?? factor.Deviation };
        return factor.Mean > 0 && factor.Deviation >= 0 && factor.Least <= factor.Mean && factor.Mean <= factor.Most
            ? factor
            : throw element.Error("has a speedFactor that is not above 0, or not within its own limits", "Write one like normc(1,0.1,0.2,2)");
    }

    private static SpeedFactor ReadDistribution(DemandElement element, string text, SpeedFactor defaults)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return Widen(defaults with { Mean = element.Number("speedFactor", text) });
        var values = text[(open + 1)..].TrimEnd(')').Split(',').Select(word => element.Number("speedFactor", word.Trim())).ToArray();
        return (text[..open], values) switch
        {
            ("norm", [var mean, var deviation]) => new(mean, deviation, double.NegativeInfinity, double.PositiveInfinity),
            ("normc", [var mean, var deviation]) => new(mean, deviation, 0.2, 2),
            ("normc", [var mean, var deviation, var least, var most]) => new(mean, deviation, least, most),
            _ => throw element.Bad("speedFactor", text, "is neither a number nor normc(mean,deviation,least,most)"),
        };
    }

    private static SpeedFactor Widen(SpeedFactor factor) =>
        factor with { Least = Math.Min(factor.Least, factor.Mean), Most = Math.Max(factor.Most, factor.Mean) };

    private static LaneChanging ReadLaneChanging(DemandElement element)
    {
        var defaults = LaneChanging.Default;
        return new(
            element.Number("lcStrategic") ?? defaults.Strategic,
            element.Number("lcCooperative", -1, 1) ?? defaults.Cooperative,
            element.Number("lcSpeedGain", 0) ?? defaults.SpeedGain,
            element.Number("lcKeepRight", 0) ?? defaults.KeepRight,
            element.Number("lcOvertakeRight", 0, 1) ?? defaults.OvertakeRight,
            element.Number("lcLookaheadLeft", 0) ?? defaults.LookaheadLeft,
            element.Number("lcSpeedGainRight", 0) ?? defaults.SpeedGainRight,
            element.Number("lcSpeedGainLookahead", 0) ?? defaults.SpeedGainLookaheadSeconds,
            element.Positive("lcAssertive") ?? defaults.Assertive);
    }

    private static JunctionManners ReadJunctions(DemandElement element, JunctionManners defaults) => new(
        element.Number("jmDriveAfterYellowTime", -1) ?? defaults.DriveAfterYellowSeconds,
        element.Number("jmDriveAfterRedTime", -1) ?? defaults.DriveAfterRedSeconds,
        element.Number("jmDriveRedSpeed", 0) ?? defaults.DriveRedSpeedMetresPerSecond,
        element.Number("jmIgnoreKeepClearTime", -1) ?? defaults.IgnoreKeepClearSeconds,
        element.Number("jmIgnoreFoeSpeed", 0) ?? defaults.IgnoreFoeSpeedMetresPerSecond,
        element.Number("jmIgnoreFoeProb", 0, 1) ?? defaults.IgnoreFoeProbability,
        element.Number("jmIgnoreJunctionFoeProb", 0, 1) ?? defaults.IgnoreJunctionFoeProbability,
        element.Number("jmSigmaMinor", 0, 1) ?? defaults.SigmaMinor,
        element.Number("jmStoplineGap", 0) ?? defaults.StopLineGapMetres,
        element.Number("jmTimegapMinor", 0) ?? defaults.TimeGapMinorSeconds,
        element.Number("jmCrossingGap", 0) ?? defaults.CrossingGapMetres);
}
