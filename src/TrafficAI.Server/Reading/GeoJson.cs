using System.Collections.Immutable;

namespace TrafficAI.Server.Reading;

/// <summary>Roads as GeoJSON (RFC 7946).</summary>
public sealed record Roads(ImmutableArray<Road> Features)
{
    public string Type { get; } = "FeatureCollection";
}

/// <summary>A road.</summary>
public sealed record Road(int Id, GeoLine Geometry, RoadFacts Properties)
{
    public string Type { get; } = "Feature";
}

/// <summary>What is known of a road.</summary>
/// <param name="Id">Name of the edge in the network file.</param>
/// <param name="Name">Of the street; null where nobody knows it.</param>
/// <param name="Speed">Limit, in km/h.</param>
public sealed record RoadFacts(string Id, string? Name, int Lanes, double Speed);

/// <summary>A line of pairs of longitude and latitude.</summary>
public sealed record GeoLine(ImmutableArray<double[]> Coordinates)
{
    public string Type { get; } = "LineString";
}

/// <summary>Intersections as GeoJSON (RFC 7946).</summary>
public sealed record Places(ImmutableArray<Place> Features)
{
    public string Type { get; } = "FeatureCollection";
}

/// <summary>An intersection.</summary>
public sealed record Place(string Id, GeoPoint Geometry, PlaceFacts Properties)
{
    public string Type { get; } = "Feature";
}

/// <summary>What is known of an intersection.</summary>
/// <param name="Provenance">documented, inferred or synthetic: how it is known that there is a light.</param>
/// <param name="Phases">How many.</param>
/// <param name="Groups">How many.</param>
public sealed record PlaceFacts(string Id, string NameEn, string NameRu, string NameKk, string Provenance, string Source, int Phases, int Groups);

/// <summary>Longitude and latitude.</summary>
public sealed record GeoPoint(double[] Coordinates)
{
    public string Type { get; } = "Point";
}
