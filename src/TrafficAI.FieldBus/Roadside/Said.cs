using Google.Protobuf;

namespace TrafficAI.FieldBus;

/// <summary>A message of a controller, with the quality of service and the retain flag that the contract asks for.</summary>
public readonly record struct Said(MessageKind Kind, byte[] Payload, int Qos, bool Retain)
{
    internal static Said Of(MessageKind kind, IMessage message) => new(
        kind, message.ToByteArray(), IsFleeting(kind, message) ? 0 : 1, kind is MessageKind.Presence or MessageKind.Configuration);

    private static bool IsFleeting(MessageKind kind, IMessage message) =>
        kind == MessageKind.Frame || message is Wire.Reply { Kind: Wire.OrderKind.Plan };
}

/// <summary>An order that is for this controller and has kept its grammar; what becomes of it is yet to be seen.</summary>
public sealed record Order(Wire.OrderKind Kind, Wire.OrderHead Head, IMessage Message);
