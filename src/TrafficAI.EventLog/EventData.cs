namespace TrafficAI.EventLog;

/// <summary>An event to be appended.</summary>
/// <param name="Id">Chosen by the caller; unique within its stream. <see cref="StreamIds"/> derives ids that cost no storage.</param>
/// <param name="Type">Versioned name of what happened, such as <c>phase-decided.v1</c>.</param>
/// <param name="Payload">What happened, in the caller's encoding; may be empty.</param>
public readonly record struct EventData(Guid Id, string Type, ReadOnlyMemory<byte> Payload);
