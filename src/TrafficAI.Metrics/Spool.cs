using System.Globalization;

namespace TrafficAI.Metrics;

/// <summary>Batches of lines that wait on the disk, oldest first, a file each: what one process leaves, the next one finds. Bounded; when it is full the oldest
/// goes. All members may be called from several threads at once.</summary>
internal sealed class Spool : IDisposable
{
    private const string Ending = ".lines";
    private const int MostSetApart = 100;

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly long mostBytes;
    private readonly FileStream owner;
    private readonly SortedDictionary<long, Batch> waiting = [];
    private long next;
    private long bytes;

    /// <exception cref="MetricsException">The folder cannot be used, or another process uses it.</exception>
    public Spool(string folder, long mostBytes)
    {
        (this.folder, this.mostBytes) = (folder, mostBytes);
        owner = Own(folder);
        foreach (var left in Directory.EnumerateFiles(folder, "*.new")) File.Delete(left);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Ending)) Find(file);
        next = waiting.Count == 0 ? 0 : waiting.Keys.Last() + 1;
    }

    public string Folder => folder;

    /// <summary>Points that wait.</summary>
    public long Points
    {
        get
        {
            lock (gate) return waiting.Values.Sum(batch => (long)batch.Points);
        }
    }

    /// <summary>Puts lines at the end.</summary>
    /// <returns>How many points had to go for them.</returns>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public long Add(ReadOnlySpan<byte> lines, int points)
    {
        lock (gate)
        {
            var batch = new Batch(next++, points, lines.Length);
            var path = PathOf(batch);
            File.WriteAllBytes(path + ".new", lines);
            File.Move(path + ".new", path);
            waiting.Add(batch.Number, batch);
            bytes += batch.Bytes;
            var dropped = 0L;
            while (bytes > mostBytes && waiting.Count > 1) dropped += Take(waiting.First().Value).Points;
            return dropped;
        }
    }

    /// <summary>The oldest batch; null when none waits.</summary>
    /// <exception cref="IOException">The disk does not give it.</exception>
    public (Batch Batch, byte[] Lines)? Oldest()
    {
        lock (gate)
        {
            return waiting.Count == 0 ? null : (waiting.First().Value, File.ReadAllBytes(PathOf(waiting.First().Value)));
        }
    }

    /// <summary>A batch waits no more; nothing happens if it had to go meanwhile.</summary>
    public void Remove(Batch batch)
    {
        lock (gate)
        {
            if (waiting.ContainsKey(batch.Number)) Take(batch);
        }
    }

    /// <summary>Sets a batch apart for people to look at; of those only the newest are kept.</summary>
    /// <returns>Where it is now.</returns>
    public string SetApart(Batch batch)
    {
        lock (gate)
        {
            var apart = Directory.CreateDirectory(Path.Combine(folder, "refused")).FullName;
            var target = Path.Combine(apart, NameOf(batch));
            if (!waiting.ContainsKey(batch.Number)) return target;
            File.Move(PathOf(batch), target, overwrite: true);
            Take(batch);
            foreach (var old in Directory.GetFiles(apart).Order(StringComparer.Ordinal).SkipLast(MostSetApart)) File.Delete(old);
            return target;
        }
    }

    public void Dispose() => owner.Dispose();

    private static FileStream Own(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new(Path.Combine(folder, "owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MetricsException($"{folder}: metrics cannot wait here: {e.Message.ReplaceLineEndings(" ")} Is another process using it? Name another folder with buffer=FOLDER.");
        }
    }

    private static string NameOf(Batch batch) => string.Create(CultureInfo.InvariantCulture, $"{batch.Number:D12}-{batch.Points}{Ending}");

    private string PathOf(Batch batch) => Path.Combine(folder, NameOf(batch));

    private void Find(FileInfo file)
    {
        if (file.Name[..^Ending.Length].Split('-') is not [var number, var points]) return;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || !int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return;
        waiting[at] = new(at, count, file.Length);
        bytes += file.Length;
    }

    private Batch Take(Batch batch)
    {
        waiting.Remove(batch.Number);
        bytes -= batch.Bytes;
        File.Delete(PathOf(batch));
        return batch;
    }

    /// <summary>A file of lines.</summary>
    public readonly record struct Batch(long Number, int Points, long Bytes);
}
