using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace TrafficAI.Metrics;

/// <summary>Gathers points into batches of lines, keeps each on the disk until the store has taken it, and sends them in order. While the store does not answer they
/// wait, through a restart of the process too.</summary>
public sealed class MetricsWriter : IMetrics
{
    private const int MostPoints = 5_000;
    private const int MostUngathered = 65_536;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<MetricPoint> points = Channel.CreateBounded<MetricPoint>(new BoundedChannelOptions(MostUngathered) { SingleReader = true });
    private readonly SemaphoreSlim more = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly IMetricsStore store;
    private readonly string shown;
    private readonly Spool spool;
    private readonly Action<string> tell;
    private readonly Task gathering;
    private readonly Task sending;
    private volatile bool isGathered;
    private bool disposed;
    private string told = "";
    private bool isAway;
    private long sent;
    private long refused;
    private long dropped;

    /// <param name="store">Where they go; it is disposed with this.</param>
    /// <param name="shown">What to call the store to people.</param>
    /// <param name="folder">Where they wait; no other process may use it.</param>
    /// <param name="mostBytes">The most that waits.</param>
    /// <param name="tell">Told in one line what people should know: once for each cause in a row.</param>
    /// <exception cref="MetricsException">The folder cannot be used.</exception>
    public MetricsWriter(IMetricsStore store, string shown, string folder, long mostBytes, Action<string> tell)
    {
        (this.store, this.shown, this.tell) = (store, shown, tell);
        spool = new(folder, mostBytes);
        gathering = Task.Run(GatherAsync);
        sending = Task.Run(SendAsync);
    }

    /// <inheritdoc/>
    public MetricsCounts Counts => new(Interlocked.Read(ref sent), Interlocked.Read(ref refused), Interlocked.Read(ref dropped), spool.Points);

    /// <inheritdoc/>
    public void Write(MetricPoint point)
    {
        if (!points.Writer.TryWrite(point)) Interlocked.Increment(ref dropped);
    }

    /// <summary>Puts everything on the disk, and sends what the store takes within 10 s; what is left waits there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        points.Writer.TryComplete();
        await gathering;
        isGathered = true;
        more.Release();
        stop.CancelAfter(Patience);
        await sending;
        store.Dispose();
        spool.Dispose();
        stop.Dispose();
        more.Dispose();
    }

    private async Task GatherAsync()
    {
        var reader = points.Reader;
        while (await reader.WaitToReadAsync())
        {
            await Task.WhenAny(reader.Completion, Task.Delay(Gathering));
            while (reader.TryPeek(out _)) Keep(reader);
        }
    }

    private void Keep(ChannelReader<MetricPoint> reader)
    {
        var (lines, count) = (new StringBuilder(), 0);
        for (; count < MostPoints && reader.TryRead(out var point); count++) LineProtocol.Append(lines, point);
        try
        {
            var gone = spool.Add(Encoding.UTF8.GetBytes(lines.ToString()), count);
            if (gone > 0) Drop(gone, $"{spool.Folder} is full, and the oldest metrics are dropped");
            more.Release();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Drop(count, $"metrics are dropped, since they cannot wait in {spool.Folder}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void Drop(long count, string why)
    {
        if (Interlocked.Add(ref dropped, count) == count) tell($"{why}; how many in all is told at the end");
    }

    private async Task SendAsync()
    {
        try
        {
            for (var pause = FirstPause; !stop.IsCancellationRequested;)
            {
                if (Oldest() is not var (batch, lines))
                {
                    if (isGathered) return;
                    await more.WaitAsync(stop.Token);
                    continue;
                }

                if (await TrySendAsync(batch, lines))
                {
                    pause = FirstPause;
                    continue;
                }

                if (isGathered) return;
                await Task.WhenAny(Task.Delay(pause, stop.Token), gathering);
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            }
        }
        catch (OperationCanceledException)
        {
            // Patience is over: the rest waits on the disk.
        }
    }

    private (Spool.Batch Batch, byte[] Lines)? Oldest()
    {
        try
        {
            return spool.Oldest();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell($"what waits in {spool.Folder} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    private async Task<bool> TrySendAsync(Spool.Batch batch, byte[] lines)
    {
        var (verdict, reason) = await store.SendAsync(lines, stop.Token);
        if (verdict == StoreVerdict.Later)
        {
            isAway = true;
            Tell($"{shown} takes no metrics: {reason}; they wait in {spool.Folder}");
            return false;
        }

        if (verdict == StoreVerdict.Refused)
        {
            Interlocked.Add(ref refused, batch.Points);
            Tell(string.Create(CultureInfo.InvariantCulture, $"{shown} refuses {batch.Points} points: {reason}; they are set apart in {spool.SetApart(batch)}, and the next are sent"));
            return true;
        }

        Interlocked.Add(ref sent, batch.Points);
        spool.Remove(batch);
        if (isAway) tell($"{shown} takes metrics again");
        (isAway, told) = (false, "");
        return true;
    }

    private void Tell(string line)
    {
        var cause = line.Split(';')[0];
        if (cause == told) return;
        told = cause;
        tell(line);
    }
}
