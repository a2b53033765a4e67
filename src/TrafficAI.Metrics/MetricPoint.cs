using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace TrafficAI.Metrics;

/// <summary>What was measured of one thing at one moment. A point with the same measurement, tags and moment takes the place of the one before it, so that a
/// repeat is harmless.</summary>
public sealed partial record MetricPoint
{
    /// <param name="measurement">What was measured: letters, digits and underscores.</param>
    /// <param name="tags">Of what: names like the measurement's, any text as value; an empty one is left out.</param>
    /// <param name="fields">The values; at least one.</param>
    /// <param name="unixSeconds">When, in whole seconds since 1970 UTC.</param>
    /// <exception cref="ArgumentException">A name is none, or there is no value.</exception>
    public MetricPoint(string measurement, ImmutableArray<(string Name, string Value)> tags, ImmutableArray<MetricField> fields, long unixSeconds)
    {
        if (fields.IsDefaultOrEmpty) throw new ArgumentException("A point has at least one value.", nameof(fields));
        foreach (var (name, _) in tags) CheckedName(name);
        (Measurement, Tags, Fields, UnixSeconds) = (CheckedName(measurement), tags, fields, unixSeconds);
    }

    public string Measurement { get; }

    public ImmutableArray<(string Name, string Value)> Tags { get; }

    public ImmutableArray<MetricField> Fields { get; }

    public long UnixSeconds { get; }

    internal static string CheckedName(string name) => Names().IsMatch(name)
        ? name
        : throw new ArgumentException($"'{name}' is no name of a measurement, tag or value: a letter, then letters, digits and underscores.", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex Names();
}
