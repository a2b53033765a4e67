using System.IO.Compression;
using TrafficAI.EventLog;

namespace TrafficAI.Runtime;

/// <summary>The stream <c>site</c>: the run header, then the network file in pieces.</summary>
/// <param name="Network">The bytes of the network file, as it was (plain or gzip).</param>
public sealed record SiteRecord(RunHeader Header, ReadOnlyMemory<byte> Network)
{
    public const string NetworkEventType = "network-file.v1";

    private const int PieceBytes = 512 * 1024;

    /// <exception cref="WrongExpectedRevisionException">The log already holds a run.</exception>
    public async Task WriteAsync(IEventLog log, CancellationToken stop)
    {
        var site = new LogStream(log, StreamNames.Site);
        await site.AppendAsync([new(RunHeader.EventType, Header.Encode())], stop);
        var bytes = Compressed();
        for (var at = 0; at < bytes.Length; at += PieceBytes)
        {
            await site.AppendAsync([new(NetworkEventType, bytes.Slice(at, Math.Min(PieceBytes, bytes.Length - at)))], stop);
        }

        await site.DigestAsync(stop);
    }

    /// <exception cref="RecordException">The log holds no run, or one that cannot be read.</exception>
    public static async Task<SiteRecord> ReadAsync(IEventLog log, CancellationToken stop)
    {
        RunHeader? header = null;
        using var pieces = new MemoryStream();
        await foreach (var e in log.ReadAsync(StreamNames.Site, 0, stop))
        {
            if (e.Type == RunHeader.EventType) header = RunHeader.Decode(e.Payload);
            else if (e.Type == NetworkEventType) pieces.Write(e.Payload.Span);
        }

        if (header is null || pieces.Length == 0)
        {
            throw new RecordException("the log holds no run: its stream 'site' lacks the header or the network. Record one with 'trafficai simulate --log'.");
        }

        return new SiteRecord(header, pieces.ToArray());
    }

    private ReadOnlyMemory<byte> Compressed()
    {
        if (Network.Span.StartsWith([(byte)0x1f, (byte)0x8b])) return Network;
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Network.Span);
        return to.ToArray();
    }
}
