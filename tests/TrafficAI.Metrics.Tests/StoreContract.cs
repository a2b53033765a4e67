namespace TrafficAI.Metrics.Tests;

/// <summary>What holds for every store that metrics are written to, run against the real thing.</summary>
public abstract class StoreContract<TStore> : IDisposable
    where TStore : StoreProcess, new()
{
    private const long Start = 1_767_225_600;

    private readonly TStore store = new();
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-metrics").FullName;
    private readonly List<string> told = [];

    protected TStore Store => store;

    protected string Folder => folder;

    protected IReadOnlyList<string> Told
    {
        get
        {
            lock (told) return [.. told];
        }
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_written_is_there_with_its_moment_its_tags_and_its_values()
    {
        string[] names = ["centre", "a b", "a,b=c", "Абай – Сейфуллин", "50% \\ back\\", "line\nbreak", "\"quoted\"", "#1"];
        await store.StartAsync();
        await using (var writer = Open())
        {
            foreach (var (i, name) in names.Index())
            {
                writer.Write(new("whole", [("site", "x"), ("intersection", name)], [MetricField.Count("count", 7 - i), MetricField.Of("queue_veh", 1.5 * i), MetricField.Flag("held", i % 2 == 1)], Start + i));
            }
        }

        string[] shown = ["centre", "a b", "a,b=c", "Абай – Сейфуллин", "50%25 %5C back%5C", "line%0Abreak", "\"quoted\"", "#1"];
        foreach (var (field, value) in new (string, Func<int, double>)[] { ("count", i => 7 - i), ("queue_veh", i => 1.5 * i), ("held", i => i % 2) })
        {
            var expected = shown.Select((name, i) => new Stored(Start + i, name, value(i))).OrderBy(s => s.Tag, StringComparer.Ordinal);
            Assert.Equal(expected, await store.ReadAsync("whole", field));
        }
    }

    [Fact]
    public async Task A_point_that_is_written_again_takes_the_place_of_the_first()
    {
        await store.StartAsync();
        await using (var writer = Open())
        {
            for (var i = 0; i < 3; i++) Write(writer, 0, 5);
        }

        await using (var again = Open()) Write(again, 0, 5);
        Assert.Equal([5], (await store.ReadAsync("minute", "count")).Select(s => s.Value).Distinct());
        Assert.Single((await store.ReadAsync("minute", "count")).Select(s => s.UnixSeconds).Distinct());
    }

    [Fact]
    public async Task A_store_that_is_killed_and_comes_back_lacks_nothing_and_has_nothing_twice()
    {
        const int Points = 3_000;
        var taken = 0L;
        await store.StartAsync();
        await using (var writer = Open())
        {
            for (var i = 0; i < Points; i++)
            {
                Write(writer, i, i);
                if (i % 100 == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
                if (i == Points / 3) store.Kill();
                if (i != 2 * Points / 3) continue;
                await UntilAsync(() => Told.Any(line => line.Contains("takes no metrics", StringComparison.Ordinal)));
                taken = writer.Counts.Sent;
                await store.StartAsync();
            }

            await UntilAsync(() => writer.Counts is { Waiting: 0, Sent: Points });
        }

        if (store.KeepsWhatItTook) await AssertThereAsync(Points);
        else await AssertThereAsync(Points, from: (int)taken);
        Assert.Contains(Told, line => line.Contains("takes no metrics", StringComparison.Ordinal));
        Assert.Contains(Told, line => line.EndsWith("takes metrics again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waited_when_the_process_ended_is_sent_by_the_next_one_first()
    {
        await using (var writer = Open())
        {
            for (var i = 0; i < 100; i++) Write(writer, i, i);
        }

        Assert.Contains("they wait in " + folder, Assert.Single(Told), StringComparison.Ordinal);
        await store.StartAsync();
        await using (var next = Open())
        {
            Assert.Equal(100, next.Counts.Waiting);
            for (var i = 100; i < 200; i++) Write(next, i, i);
        }

        await AssertThereAsync(200);
    }

    /// <summary>The way to the store that is tested.</summary>
    protected virtual IMetricsStore StoreAt(MetricsAddress address) => new HttpStore(address);

    protected MetricsWriter Open(long mostBytes = 1 << 20)
    {
        var address = MetricsAddress.Parse(store.Address, _ => null);
        return new(StoreAt(address), address.ToString(), folder, mostBytes, line =>
        {
            lock (told) told.Add(line);
        });
    }

    protected static void Write(IMetrics writer, int number, long count) =>
        writer.Write(new("minute", [("intersection", "centre")], [MetricField.Count("count", count)], Start + 60L * number));

    protected static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 1_200, "it did not come about within 30 s");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    /// <param name="from">Those before may be lacking, but none is there twice.</param>
    private async Task AssertThereAsync(int points, int from = 0)
    {
        var there = await store.ReadAsync("minute", "count");
        Assert.Distinct(there.Select(stored => stored.UnixSeconds));
        Assert.Equal(
            Enumerable.Range(from, points - from).Select(i => new Stored(Start + 60L * i, "centre", i)), there.Where(stored => stored.UnixSeconds >= Start + 60L * from));
    }
}

/// <summary>InfluxDB 1, by <c>/write</c>.</summary>
public sealed class InfluxTests : StoreContract<InfluxProcess>
{
    [Fact]
    public async Task A_batch_that_is_refused_is_set_apart_with_one_line_and_the_next_are_sent()
    {
        await Store.StartAsync();
        await using (var writer = Open())
        {
            Write(writer, 0, 1);
            await UntilAsync(() => writer.Counts.Sent == 1);
            writer.Write(new("minute", [("intersection", "centre")], [MetricField.Of("count", 0.5)], 1_767_225_660));
            await UntilAsync(() => writer.Counts.Refused == 1);
            Write(writer, 2, 3);
            await UntilAsync(() => writer.Counts.Sent == 2);
        }

        Assert.Equal([1, 3], (await Store.ReadAsync("minute", "count")).Select(s => s.Value));
        Assert.Matches("refuses 1 points: HTTP 400: .*field type conflict.*set apart in .*refused", Assert.Single(Told));
        Assert.Contains("count=0.5", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(Folder, "refused"))), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}

/// <summary>VictoriaMetrics, by <c>/api/v2/write</c>.</summary>
public sealed class VictoriaTests : StoreContract<VictoriaProcess>;
