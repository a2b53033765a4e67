using Google.Protobuf;
using TrafficAI.FieldBus.Wire;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>One message as bytes, and what becomes of it.</summary>
/// <param name="Outcome">Accepted, or the refusal of whoever decodes it.</param>
/// <param name="Message">What the bytes say, of an order its body; null where they say nothing.</param>
/// <param name="Payload">As published.</param>
internal sealed record Vector(string Name, MessageKind Kind, Outcome Outcome, string About, IMessage? Message, byte[] Payload)
{
    /// <summary>A message that travels as it is: up.</summary>
    public static Vector Of(string name, MessageKind kind, Outcome outcome, string about, IMessage message) =>
        new(name, kind, outcome, about, message, kind.IsOrder() ? Seal.Close(Key, TopicOf(kind), message.ToByteArray()) : message.ToByteArray());

    public static byte[] Key { get; } = [.. Enumerable.Range(0, Seal.KeyBytes).Select(i => (byte)i)];

    public static Topic TopicOf(MessageKind kind) => new("almaty", new("abay-dostyk"), kind);
}
