using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace TrafficAI.FieldBus;

/// <summary>Signs orders with the key of one controller, and tells signed orders from others: HMAC-SHA256 over the topic, one byte 0 and
/// the body, so that an order for one controller or of one kind is none for another.</summary>
public static class Seal
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>The envelope around an order.</summary>
    /// <param name="key">Of the controller; 32 bytes.</param>
    public static byte[] Close(ReadOnlySpan<byte> key, Topic topic, ReadOnlySpan<byte> body) =>
        new Wire.Envelope { Body = ByteString.CopyFrom(body), Mac = ByteString.CopyFrom(Mac(key, topic, body)) }.ToByteArray();

    /// <summary>The order in an envelope.</summary>
    /// <returns>Null when it was refused: malformed or forged.</returns>
    public static ByteString? Open(ReadOnlySpan<byte> key, Topic topic, ReadOnlySpan<byte> payload, out Refusal? refusal)
    {
        if (!WireReader.TryRead<Wire.Envelope>(payload, WireLimits.OrderBytes, out var envelope, out refusal)) return null;
        if (envelope.Mac.Length != HMACSHA256.HashSizeInBytes)
        {
            refusal = Refusal.Malformed($"order on '{topic}': its signature has {envelope.Mac.Length} bytes, not {HMACSHA256.HashSizeInBytes}");
            return null;
        }

        if (CryptographicOperations.FixedTimeEquals(envelope.Mac.Span, Mac(key, topic, envelope.Body.Span))) return envelope.Body;
        refusal = new(Wire.Outcome.Forged, $"order on '{topic}': its signature is not that of this controller's key");
        return null;
    }

    private static byte[] Mac(ReadOnlySpan<byte> key, Topic topic, ReadOnlySpan<byte> body)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"A key has {KeyBytes} bytes, not {key.Length}.", nameof(key));
        var name = Encoding.UTF8.GetBytes(topic.ToString());
        var signed = new byte[name.Length + 1 + body.Length];
        name.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(name.Length + 1));
        return HMACSHA256.HashData(key, signed);
    }
}
