using System.Globalization;

namespace TrafficAI.Signals;

/// <summary>A phase of one intersection: 1 for F1 and so on, in the order of the programme's green states.</summary>
public readonly record struct PhaseId(int Number)
{
    /// <summary>Position in <see cref="IntersectionSignals.Phases"/>.</summary>
    public int Index => Number - 1;

    public static PhaseId OfIndex(int index) => new(index + 1);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>Whether it is a phase: F and a number from 1 on, without leading zeros.</returns>
    public static bool TryParse(string text, out PhaseId phase)
    {
        phase = text.StartsWith('F') && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(number) : default;
        return phase.Number > 0 && phase.ToString() == text;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"F{Number}");
}
