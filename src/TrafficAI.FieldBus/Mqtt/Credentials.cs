using Google.Protobuf;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>What both ends know of one controller beforehand.</summary>
/// <param name="Key">Its own key; 32 bytes. Never logged.</param>
/// <param name="Configuration">Checksum of its configuration, as this end has it.</param>
public sealed record Credentials(ReadOnlyMemory<byte> Key, ByteString Configuration)
{
    public override string ToString() => "credentials";
}
