using TrafficAI.EventLog;

namespace TrafficAI.Runtime;

/// <summary>A server has begun to serve a site, or gone on with it: recorded in the stream <c>site</c> after its files.</summary>
/// <param name="Build">Version and commit of the build.</param>
/// <param name="Epoch">Of its plans: the revision of this event, so that it rises at each start; higher where it was asked for.</param>
public sealed record ServerStarted(string Build, long Epoch)
{
    public const string EventType = "server-started.v1";

    /// <summary>Records the start; in an empty log the site first.</summary>
    /// <param name="site">What the server was told to serve.</param>
    /// <param name="lowestEpoch">The epoch is this at the least: above all that the controllers have obeyed, where the log that knew it was lost.</param>
    /// <exception cref="OtherLogException">The log is of another site, or of another build, whose decisions may differ.</exception>
    public static async Task<ServerStarted> RecordAsync(IEventLog log, SiteRecord site, long lowestEpoch, CancellationToken stop)
    {
        if (await log.HeadAsync(StreamNames.Site, stop) < 0) await site.WriteAsync(log, stop);
        var recorded = await SiteRecord.ReadAsync(log, stop);
        var stream = new LogStream(log, StreamNames.Site);
        var last = 0L;
        await foreach (var e in stream.ReadToEndAsync(-1, stop))
        {
            if (e.Type == EventType) last = Decode(e.Payload).Epoch;
        }

        if (recorded.Difference(site) is { } difference)
            throw new OtherLogException(difference, Math.Max(last, lowestEpoch) + 1);
        var started = new ServerStarted(RunHeader.ThisBuild, Math.Max(stream.End.Last + 1, Math.Max(lowestEpoch, last + 1)));
        await stream.AppendAsync([new(EventType, started.Encode())], stop);
        await stream.DigestAsync(stop);
        await log.FlushAsync(stop);
        return started;
    }

    public byte[] Encode() => EventJson.Encode(this);

    /// <exception cref="RecordException">The bytes are no such event.</exception>
    public static ServerStarted Decode(ReadOnlyMemory<byte> bytes) => EventJson.Decode<ServerStarted>(bytes);
}
