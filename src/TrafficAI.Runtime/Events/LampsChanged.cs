using TrafficAI.Signals;

namespace TrafficAI.Runtime.Events;

/// <summary>Some lamp has changed.</summary>
/// <param name="Second">The street second in which they were shown.</param>
/// <param name="Next">During an interphase the phase that follows, else null.</param>
/// <param name="Lamps">A letter for each group (<see cref="LampLetters"/>).</param>
/// <param name="Sequence">The controller's count of changes.</param>
public sealed record LampsChanged(long Second, string Phase, string? Next, string Lamps, long Sequence)
{
    public static LampsChanged Of(SignalState shown) =>
        new(shown.Second, shown.Phase.ToString(), shown.Next?.ToString(), LampLetters.Of(shown.Lamps), shown.LampSequence);
}
