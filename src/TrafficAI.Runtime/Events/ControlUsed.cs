namespace TrafficAI.Runtime.Events;

/// <summary>A person has used a control, or tried to: an event of the stream <c>operator-{user}</c>.</summary>
/// <param name="Wall">When, by the clock of the server: ISO 8601 in UTC.</param>
/// <param name="User">Who.</param>
/// <param name="Role">What they might do then; empty where they were not let in.</param>
/// <param name="Act">What: login, logout, override, override-end, what-if, what-if-cancel, safety-change, safety-approval.</param>
/// <param name="Target">The intersection, job or change that it was about; empty for none.</param>
/// <param name="Outcome">done or refused.</param>
/// <param name="Detail">The reason given, or why it was refused; empty for nothing.</param>
/// <param name="Second">The newest street second then; null before the first.</param>
/// <param name="Body">What was asked for, as JSON; null for nothing.</param>
public sealed record ControlUsed(string Wall, string User, string Role, string Act, string Target, string Outcome, string Detail, long? Second = null, string? Body = null)
{
    public const string EventType = "control-used.v1";
}
