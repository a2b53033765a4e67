using System.Globalization;

namespace TrafficAI.Signals;

/// <summary>A phase of one intersection: 1 for F1 and so on, in the order of the programme's green states.</summary>
public readonly record struct PhaseId(int Number)
{
    /// <summary>Position in <see cref="IntersectionSignals.Phases"/>.</summary>
    public int Index => Number - 1;

    public static PhaseId OfIndex(int index) => new(index + 1);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"F{Number}");
}
