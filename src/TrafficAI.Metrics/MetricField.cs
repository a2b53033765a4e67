namespace TrafficAI.Metrics;

/// <summary>One value of a point: a whole number, a finite number, or yes and no.</summary>
public readonly record struct MetricField
{
    private MetricField(string name, MetricKind kind, long whole, double number) => (Name, Kind, Whole, Number) = (MetricPoint.CheckedName(name), kind, whole, number);

    /// <summary>Letters, digits and underscores; the unit is its last word.</summary>
    public string Name { get; }

    internal MetricKind Kind { get; }

    internal long Whole { get; }

    internal double Number { get; }

    public static MetricField Count(string name, long value) => new(name, MetricKind.Count, value, 0);

    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static MetricField Of(string name, double value) => double.IsFinite(value)
        ? new(name, MetricKind.Number, 0, value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A measured value is finite; leave out what is not known.");

    public static MetricField Flag(string name, bool value) => new(name, MetricKind.Flag, value ? 1 : 0, 0);
}

/// <summary>What a value is to the store; a field keeps its kind for ever, or the store refuses it.</summary>
internal enum MetricKind : byte
{
    Count,
    Number,
    Flag,
}
