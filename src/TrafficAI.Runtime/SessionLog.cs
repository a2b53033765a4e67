using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;

namespace TrafficAI.Runtime;

/// <summary>Records what a server notices in its sessions, each controller's in its stream <c>session-{id}</c>, and reads from there what a later
/// server must know. No decision depends on these streams.</summary>
public sealed class SessionLog : IAsyncDisposable
{
    private const int Waiting = 10_000;

    /// <summary>So many events of a stream are looked through, so that a start takes as long for a stream of years as for a short one.</summary>
    private const int LastEvents = 2_000;

    private readonly FrozenDictionary<IntersectionId, LogStream> streams;
    private readonly Channel<(IntersectionId Id, SessionNote Note)> mailbox = Channel.CreateBounded<(IntersectionId, SessionNote)>(Waiting);
    private readonly Task writing;
    private long lost;

    private SessionLog(FrozenDictionary<IntersectionId, LogStream> streams)
    {
        this.streams = streams;
        writing = WriteAsync();
    }

    /// <summary>Notes that found the mailbox full.</summary>
    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Where the streams end; after <see cref="CompleteAsync"/>.</summary>
    public IEnumerable<StreamEnd> Ends => streams.Values.Select(s => s.End).Where(end => end.Last >= 0);

    public static async Task<SessionLog> OpenAsync(IEventLog log, IEnumerable<IntersectionId> intersections, CancellationToken stop)
    {
        var streams = intersections.ToFrozenDictionary(id => id, id => new LogStream(log, StreamNames.Session(id)));
        foreach (var stream in streams.Values) await stream.RecoverAsync(stop);
        return new(streams);
    }

    /// <summary>What the log knows of the controllers.</summary>
    public static async Task<ImmutableDictionary<IntersectionId, KnownController>> KnownAsync(
        IEventLog log, IEnumerable<IntersectionId> intersections, CancellationToken stop)
    {
        var known = ImmutableDictionary.CreateBuilder<IntersectionId, KnownController>();
        foreach (var id in intersections) known.Add(id, new(await BootsAsync(log, id, stop), await RecordedInputs.LastFrameAsync(log, id, stop)));
        return known.ToImmutable();
    }

    /// <summary>Puts a note into the mailbox; it is recorded soon.</summary>
    public void Tell(IntersectionId intersection, SessionNote note)
    {
        if (!streams.ContainsKey(intersection) || !mailbox.Writer.TryWrite((intersection, note))) Interlocked.Increment(ref lost);
    }

    /// <summary>Records what waits, and digests the streams. No more notes may come.</summary>
    public async Task CompleteAsync()
    {
        mailbox.Writer.TryComplete();
        await writing;
        foreach (var stream in streams.Values) await stream.DigestAsync(CancellationToken.None);
    }

    /// <exception cref="EventLogException">The streams can no longer be written.</exception>
    public Task CheckAsync() => writing.IsFaulted ? writing : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        mailbox.Writer.TryComplete();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The boots told by the last events. One that began before them is a new boot to a server: it believes the second that its frame names.</summary>
    private static async Task<ImmutableArray<KnownBoot>> BootsAsync(IEventLog log, IntersectionId id, CancellationToken stop)
    {
        var boots = ImmutableArray.CreateBuilder<KnownBoot>();
        await foreach (var e in log.ReadBackwardsAsync(StreamNames.Session(id), cancel: stop).Take(LastEvents))
        {
            if (e.Type != SessionEvents.BootBegun) continue;
            var begun = EventJson.Decode<BootBegun>(e.Payload);
            if (!ulong.TryParse(begun.Boot, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var boot))
                throw new RecordException($"a recorded boot of '{id}' cannot be read: '{begun.Boot}'. Check the log with 'trafficai check'.");
            boots.Add(new(boot, begun.Second - begun.Sequence));
        }

        boots.Reverse();
        return boots.ToImmutable();
    }

    private async Task WriteAsync()
    {
        await foreach (var (id, note) in mailbox.Reader.ReadAllAsync()) await streams[id].AppendAsync([SessionEvents.Of(note)], CancellationToken.None);
    }
}
