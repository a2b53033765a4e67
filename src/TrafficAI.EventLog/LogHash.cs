using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAI.EventLog;

/// <summary>One number for all that a log says: equal for two logs exactly when they hold the same events in the same order.</summary>
public static class LogHash
{
    /// <summary>SHA-256 over all events by position: stream, revision, type, id and payload. Positions themselves do not count, since
    /// stores may leave gaps.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static async ValueTask<string> ComputeAsync(IEventLog log, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var @event in log.ReadAllAsync(cancel: cancel))
            Add(hash, @event);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds one event: texts and payload with their lengths before them, numbers as 64 bits, little endian.</summary>
    public static void Add(IncrementalHash hash, RecordedEvent @event)
    {
        AddText(hash, @event.Stream);
        AddNumber(hash, @event.Revision);
        AddText(hash, @event.Type);
        Span<byte> id = stackalloc byte[16];
        @event.Id.TryWriteBytes(id, bigEndian: true, out _);
        hash.AppendData(id);
        AddBytes(hash, @event.Payload.Span);
    }

    private static void AddText(IncrementalHash hash, string text)
    {
        Span<byte> bytes = stackalloc byte[3 * AppendLimits.MaxNameLength];
        AddBytes(hash, text.Length <= AppendLimits.MaxNameLength ? bytes[..Encoding.UTF8.GetBytes(text, bytes)] : Encoding.UTF8.GetBytes(text));
    }

    private static void AddBytes(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        AddNumber(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AddNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
