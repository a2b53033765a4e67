using System.IO.Compression;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>The stream <c>site</c>: the run header, then the network file in pieces, then <c>signals.json</c> and the
/// computed plans in pieces where there are some; of a server then its starts (<see cref="ServerStarted"/>).</summary>
/// <param name="Network">The bytes of the network file, as it was (plain or gzip).</param>
/// <param name="Signals">The bytes of <c>signals.json</c>, as it was; null without one.</param>
/// <param name="Plans">The bytes of the file of computed plans, as it was; null without one.</param>
public sealed record SiteRecord(
    RunHeader Header, ReadOnlyMemory<byte> Network, ReadOnlyMemory<byte>? Signals = null, ReadOnlyMemory<byte>? Plans = null)
{
    public const string NetworkEventType = "network-file.v1";
    public const string SignalsEventType = "signals-file.v1";
    public const string PlansEventType = "plans-file.v1";

    private const int PieceBytes = 512 * 1024;

    /// <exception cref="WrongExpectedRevisionException">The log already holds a run.</exception>
    public async Task WriteAsync(IEventLog log, CancellationToken stop)
    {
        var site = new LogStream(log, StreamNames.Site);
        await site.AppendAsync([new(RunHeader.EventType, Header.Encode())], stop);
        await AppendAsync(site, NetworkEventType, Compressed(), stop);
        if (Signals is { } signals) await AppendAsync(site, SignalsEventType, signals, stop);
        if (Plans is { } plans) await AppendAsync(site, PlansEventType, plans, stop);
        await site.DigestAsync(stop);
    }

    /// <summary>The site of the run, derived again.</summary>
    /// <exception cref="NetworkException">The recorded network is broken.</exception>
    /// <exception cref="SignalsException">Its signals cannot be used.</exception>
    public Site Build() => Site.Build(
        Network, Header.NetworkFile, Header.Class, Signals is { } signals ? SignalsFile.Read(signals, SignalsFile.FileName) : null,
        Plans is { } plans ? PlansFile.Read(plans, PlansFile.FileName) : null);

    /// <summary>What keeps another record from going on with this one, in a few words; null if nothing does.</summary>
    public string? Difference(SiteRecord other)
    {
        if (Header.Build != other.Header.Build) return $"was begun by build {Header.Build}, and this is {other.Header.Build}, which may decide otherwise";
        if (Header != other.Header) return "is of a site with another scenario, strategy, class, sensing, latency or bus weight";
        if (!Plain(Network).Span.SequenceEqual(Plain(other.Network).Span)) return "is of a site with another network file";
        if (!Same(Signals, other.Signals)) return $"is of a site with another {SignalsFile.FileName}";
        return Same(Plans, other.Plans) ? null : "is of a site with other computed plans";
    }

    /// <exception cref="RecordException">The log holds no run, or one that cannot be read.</exception>
    public static async Task<SiteRecord> ReadAsync(IEventLog log, CancellationToken stop)
    {
        RunHeader? header = null;
        using var network = new MemoryStream();
        using var signals = new MemoryStream();
        using var plans = new MemoryStream();
        await foreach (var e in log.ReadAsync(StreamNames.Site, 0, stop))
        {
            if (e.Type == RunHeader.EventType) header = RunHeader.Decode(e.Payload);
            else if (e.Type == NetworkEventType) network.Write(e.Payload.Span);
            else if (e.Type == SignalsEventType) signals.Write(e.Payload.Span);
            else if (e.Type == PlansEventType) plans.Write(e.Payload.Span);
        }

        if (header is null || network.Length == 0)
        {
            throw new RecordException("the log holds no run: its stream 'site' lacks the header or the network. Record one with 'trafficai simulate --log'.");
        }

        return new SiteRecord(header, network.ToArray(), Bytes(signals), Bytes(plans));
    }

    private static ReadOnlyMemory<byte>? Bytes(MemoryStream read) => read.Length == 0 ? null : (ReadOnlyMemory<byte>?)read.ToArray();

    private static async Task AppendAsync(LogStream site, string type, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        for (var at = 0; at < bytes.Length; at += PieceBytes)
        {
            await site.AppendAsync([new(type, bytes.Slice(at, Math.Min(PieceBytes, bytes.Length - at)))], stop);
        }
    }

    private static bool Same(ReadOnlyMemory<byte>? one, ReadOnlyMemory<byte>? other) =>
        one is null == other is null && (one ?? default).Span.SequenceEqual((other ?? default).Span);

    private static bool IsCompressed(ReadOnlyMemory<byte> file) => file.Span.StartsWith([(byte)0x1f, (byte)0x8b]);

    // A compressor of another version may give other bytes.
    private static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> file)
    {
        if (!IsCompressed(file)) return file;
        using var gzip = new GZipStream(new MemoryStream(file.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private ReadOnlyMemory<byte> Compressed()
    {
        if (IsCompressed(Network)) return Network;
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Network.Span);
        return to.ToArray();
    }
}
