namespace TrafficAI.FieldBus;

/// <summary>Why a message of the contract was not taken.</summary>
/// <param name="Outcome">The typed reason, as it goes into a reply.</param>
/// <param name="Text">One line for people.</param>
public sealed record Refusal(Wire.Outcome Outcome, string Text)
{
    internal static Refusal Malformed(string text) => new(Wire.Outcome.Malformed, text);
}
