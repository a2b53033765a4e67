using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>What a vehicle tells its controller when it asks for priority.</summary>
/// <param name="Group">From 1.</param>
/// <param name="ArrivesInSeconds">0 to 3600.</param>
/// <param name="Persons">Aboard, 0 to 500; null where nobody says.</param>
/// <param name="LateSeconds">By its timetable, at most an hour; negative when it is early, null where nobody says.</param>
public readonly record struct VehicleAsk(uint Group, ObjectClass Class, uint ArrivesInSeconds, int? Persons = null, int? LateSeconds = null);
