using System.Collections.Immutable;

namespace TrafficAI.Import.Roads;

/// <summary>Which way traffic may go along a road.</summary>
public enum RoadDirection
{
    Both,

    /// <summary>In the order of its points.</summary>
    Forward,

    Backward,
}

/// <summary>A road as OpenStreetMap has it.</summary>
/// <param name="Id">Its number there; a line without one has the number of its feature.</param>
/// <param name="Class">OpenStreetMap's word, such as <c>secondary</c> or <c>primary_link</c>.</param>
/// <param name="Name">What it is called; empty for nothing.</param>
/// <param name="SpeedKilometresPerHour">Speed limit; null where it is not tagged.</param>
/// <param name="Lanes">Lanes as tagged; all null where they are not.</param>
/// <param name="IsAtGrade">Neither bridge nor tunnel nor on another layer.</param>
/// <param name="Points">At least two, no two neighbours the same.</param>
public sealed record Road(
    string Id, string Class, string Name, RoadDirection Direction, int? SpeedKilometresPerHour, LaneTags Lanes, bool IsAtGrade, ImmutableArray<GeoPoint> Points)
{
    /// <summary>It joins other roads, as a ramp or a slip lane does.</summary>
    public bool IsLink => Class.EndsWith("_link", StringComparison.Ordinal);
}

/// <summary>Lanes as tagged.</summary>
/// <param name="Total">In both directions; of a one-way road, in its own.</param>
/// <param name="Forward">In the order of the points.</param>
public sealed record LaneTags(int? Total, int? Forward, int? Backward)
{
    public static LaneTags None { get; } = new(null, null, null);
}
