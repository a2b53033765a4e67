using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Import.Roads;

/// <summary>Makes roads of tags, in OpenStreetMap's own words or in those of Geofabrik's extracts.</summary>
internal static class RoadTags
{
    private const int MostLanes = 12;
    private const int MostKilometresPerHour = 140;
    private const int LongestName = 120;

    /// <summary>The road, or null where the tags are of something else or the line is too short.</summary>
    /// <param name="tag">The value of a tag; null where it is missing.</param>
    /// <param name="points">Repeated points are taken once.</param>
    public static Road? Read(string id, Func<string, string?> tag, IEnumerable<GeoPoint> points)
    {
        var line = WithoutRepeats(points);
        var kind = tag("highway") ?? tag("fclass");
        if (string.IsNullOrEmpty(kind) || line.Length < 2) return null;
        return new(id, kind, Name(tag), Direction(tag("oneway"), tag("junction")), Speed(tag("maxspeed")), Lanes(tag), IsAtGrade(tag), line);
    }

    private static string Name(Func<string, string?> tag)
    {
        var name = string.Concat((tag("name") ?? "").Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? ' ' : c)).Trim();
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    private static RoadDirection Direction(string? oneway, string? junction) => oneway switch
    {
        "F" or "yes" or "1" or "true" => RoadDirection.Forward,
        "T" or "-1" or "reverse" => RoadDirection.Backward,
        "B" or "no" => RoadDirection.Both,
        _ => junction == "roundabout" ? RoadDirection.Forward : RoadDirection.Both,
    };

    /// <summary>Kilometres per hour; Geofabrik writes 0 for what is not tagged.</summary>
    private static int? Speed(string? text) =>
        Whole(text?.Replace("km/h", "", StringComparison.Ordinal).Trim(), MostKilometresPerHour);

    private static LaneTags Lanes(Func<string, string?> tag) =>
        new(Whole(tag("lanes"), MostLanes), Whole(tag("lanes:forward"), MostLanes), Whole(tag("lanes:backward"), MostLanes));

    private static bool IsAtGrade(Func<string, string?> tag) =>
        tag("bridge") is null or "F" or "no" or "" && tag("tunnel") is null or "F" or "no" or "" && tag("layer") is null or "0" or "";

    private static int? Whole(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most ? value : null;

    private static ImmutableArray<GeoPoint> WithoutRepeats(IEnumerable<GeoPoint> points)
    {
        var line = ImmutableArray.CreateBuilder<GeoPoint>();
        foreach (var point in points)
            if (line.Count == 0 || line[^1] != point) line.Add(point);
        return line.ToImmutable();
    }
}
