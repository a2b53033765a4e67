using Google.Protobuf;

namespace TrafficAI.FieldBus;

/// <summary>Reads messages of the contract. Whatever the bytes are, it ends with a message that keeps the grammar, or a refusal. Unknown
/// fields are no error.</summary>
public static class WireReader
{
    /// <param name="payload">A message of the kind itself: of an order the body, not the envelope.</param>
    /// <param name="message">Valid when the answer is true.</param>
    /// <param name="refusal">Set when the answer is false.</param>
    public static bool TryRead(MessageKind kind, ReadOnlySpan<byte> payload, out IMessage message, out Refusal? refusal)
    {
        IMessage? read = kind switch
        {
            MessageKind.Presence => Read<Wire.Presence>(payload, WireLimits.MessageBytes, UpGrammar.Complaint, out refusal),
            MessageKind.Configuration => Read<Wire.Configuration>(payload, WireLimits.ConfigurationBytes, ConfigurationGrammar.Complaint, out refusal),
            MessageKind.Frame => Read<Wire.Frame>(payload, WireLimits.MessageBytes, FrameGrammar.Complaint, out refusal),
            MessageKind.Alarm => Read<Wire.Alarm>(payload, WireLimits.MessageBytes, UpGrammar.Complaint, out refusal),
            MessageKind.PriorityRequest => Read<Wire.PriorityRequest>(payload, WireLimits.MessageBytes, UpGrammar.Complaint, out refusal),
            MessageKind.Reply => Read<Wire.Reply>(payload, WireLimits.MessageBytes, UpGrammar.Complaint, out refusal),
            MessageKind.Backlog => Read<Wire.Backlog>(payload, WireLimits.BacklogBytes, UpGrammar.Complaint, out refusal),
            MessageKind.Plan => Read<Wire.Plan>(payload, WireLimits.OrderBytes, DownGrammar.Complaint, out refusal),
            MessageKind.Mode => Read<Wire.ModeRequest>(payload, WireLimits.OrderBytes, DownGrammar.Complaint, out refusal),
            MessageKind.PriorityAnswer => Read<Wire.PriorityAnswer>(payload, WireLimits.OrderBytes, DownGrammar.Complaint, out refusal),
            MessageKind.Time => Read<Wire.TimeOrder>(payload, WireLimits.OrderBytes, DownGrammar.Complaint, out refusal),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No message has this kind."),
        };
        message = read!;
        return read is not null;
    }

    /// <summary>The bytes alone, without a grammar.</summary>
    internal static bool TryRead<T>(ReadOnlySpan<byte> payload, int maximumBytes, out T message, out Refusal? refusal)
        where T : class, IMessage<T>, new()
    {
        message = null!;
        var name = typeof(T).Name;
        if (payload.Length > maximumBytes)
        {
            refusal = Refusal.Malformed($"{name}: it has {payload.Length} bytes, more than {maximumBytes}");
            return false;
        }

        try
        {
            message = Parser<T>.Instance.ParseFrom(payload);
            refusal = null;
            return true;
        }
        catch (InvalidProtocolBufferException e)
        {
            refusal = Refusal.Malformed($"{name}: {e.Message.ReplaceLineEndings(" ")}");
            return false;
        }
    }

    private static T? Read<T>(ReadOnlySpan<byte> payload, int maximumBytes, Func<T, string?> grammar, out Refusal? refusal)
        where T : class, IMessage<T>, new()
    {
        if (!TryRead<T>(payload, maximumBytes, out var message, out refusal)) return null;
        if (grammar(message) is not { } complaint) return message;
        refusal = Refusal.Malformed($"{typeof(T).Name}: {complaint}");
        return null;
    }

    private static class Parser<T>
        where T : IMessage<T>, new()
    {
        public static MessageParser<T> Instance { get; } = new MessageParser<T>(() => new T()).WithDiscardUnknownFields(true);
    }
}
