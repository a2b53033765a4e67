namespace TrafficAI.FieldBus;

/// <summary>What became of the messages of one kind since the bus was made.</summary>
/// <param name="Published">Messages sent.</param>
/// <param name="Delivered">Handlers that took one: a message with two handlers counts twice.</param>
/// <param name="Undelivered">Messages that nobody had subscribed to.</param>
/// <param name="Failed">Handlers that threw.</param>
public readonly record struct BusCounts(long Published, long Delivered, long Undelivered, long Failed);
