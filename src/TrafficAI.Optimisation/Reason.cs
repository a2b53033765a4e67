using System.Globalization;

namespace TrafficAI.Optimisation;

/// <summary>Why, in a few plain words: a sentence with places for numbers, put together only when somebody reads it.</summary>
/// <param name="Sentence">A composite format string; its numbers are in the order of the other parameters.</param>
public readonly record struct Reason(string Sentence, double First = 0, double Second = 0, double Third = 0, double Fourth = 0)
{
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, Sentence, First, Second, Third, Fourth);
}
