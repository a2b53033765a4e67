using System.Text.Json.Serialization;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Events;

/// <summary>Some lamp has changed.</summary>
/// <param name="Second">The street second in which they were shown.</param>
/// <param name="Lamps">A letter for each group (<see cref="LampLetters"/>).</param>
/// <param name="Sequence">The controller's count of changes.</param>
/// <param name="Next">During an interphase the phase that follows, else null. In the JSON it stands after the phase.</param>
public sealed record LampsChanged(
    long Second,
    string Phase,
    [property: JsonPropertyOrder(1)] string Lamps,
    [property: JsonPropertyOrder(1)] long Sequence,
    string? Next = null)
{
    public static LampsChanged Of(SignalState shown) =>
        new(shown.Second, shown.Phase.ToString(), LampLetters.Of(shown.Lamps), shown.LampSequence, shown.Next?.ToString());
}
