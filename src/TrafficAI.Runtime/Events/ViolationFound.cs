using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Events;

/// <summary>A safety rule was broken. Until a person has released the controller nothing is planned.</summary>
/// <param name="Second">The street second of the violation.</param>
/// <param name="Input">Revision of the input that told of it.</param>
/// <param name="Rule">See <see cref="RuleNames"/>.</param>
/// <param name="Groups">The signal groups concerned, counted from 1.</param>
/// <param name="Phase">The phase that the controller reported then.</param>
/// <param name="SeenBy"><c>controller</c>, or <c>server</c> for the monitor beside the actor.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Next">During an interphase the phase that follows, else null. In the JSON it stands after the phase.</param>
public sealed record ViolationFound(
    long Second,
    long Input,
    string Rule,
    ImmutableArray<int> Groups,
    string Phase,
    [property: JsonPropertyOrder(1)] string SeenBy,
    [property: JsonPropertyOrder(1)] string Text,
    string? Next = null)
{
    /// <param name="shown">The signals as reported when the violation came to be known.</param>
    public static ViolationFound Of(long revision, Violation violation, Witness by, SignalState shown) => new(
        violation.Second,
        revision,
        RuleNames.Of(violation.Rule),
        violation.GroupB < 0 ? [violation.GroupA + 1] : [violation.GroupA + 1, violation.GroupB + 1],
        shown.Phase.ToString(),
        by == Witness.Controller ? "controller" : "server",
        violation.Text,
        shown.Next?.ToString());
}
