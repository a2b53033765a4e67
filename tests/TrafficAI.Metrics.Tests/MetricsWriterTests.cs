using System.Globalization;
using System.Text;

namespace TrafficAI.Metrics.Tests;

/// <summary>The buffer, with a double in the place of the store.</summary>
public sealed class MetricsWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-metrics").FullName;
    private readonly List<string> told = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_full_buffer_loses_its_oldest_counts_them_and_says_so_once()
    {
        var store = new Double { Answer = new(StoreVerdict.Later, "away") };
        await using (var writer = Open(store, mostBytes: 300))
        {
            for (var i = 0; i < 20; i++)
            {
                Write(writer, i);
                await UntilAsync(() => writer.Counts.Waiting + writer.Counts.Dropped == i + 1);
            }

            Assert.InRange(writer.Counts.Waiting, 1, 19);
            store.Answer = new(StoreVerdict.Taken);
        }

        var numbers = store.Numbers.Distinct().ToList();
        Assert.Equal(Enumerable.Range(20 - numbers.Count, numbers.Count), numbers.Order());
        Assert.Single(told, line => line.Contains("is full, and the oldest metrics are dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_hangs_holds_up_nobody_who_writes()
    {
        var store = new Double { Answer = null };
        await using var writer = Open(store);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 100_000; i++) Write(writer, i);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        store.Answer = new(StoreVerdict.Taken);
        store.Go.SetResult();
        await UntilAsync(() => writer.Counts.Sent + writer.Counts.Dropped == 100_000 && writer.Counts.Waiting == 0);
    }

    [Fact]
    public async Task Two_processes_do_not_share_a_buffer()
    {
        await using var first = Open(new Double());
        Assert.Contains("Name another folder", Assert.Throws<MetricsException>(() => Open(new Double())).Message, StringComparison.Ordinal);
    }

    private static void Write(MetricsWriter writer, int number) =>
        writer.Write(new("m", [("intersection", "centre")], [MetricField.Count("n", number)], number));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 3_000, "it did not come about within 30 s");
            await Task.Delay(10, Cancel);
        }
    }

    private MetricsWriter Open(Double store, long mostBytes = 1 << 26) => new(store, "the store", folder, mostBytes, told.Add);

    /// <summary>A store that answers as it is told.</summary>
    private sealed class Double : IMetricsStore
    {
        private readonly List<int> numbers = [];

        public StoreAnswer? Answer { get; set; } = new(StoreVerdict.Taken);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<int> Numbers => numbers;

        public async Task<StoreAnswer> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
        {
            if (Answer is null) await Go.Task.WaitAsync(cancel);
            if (Answer is { Verdict: StoreVerdict.Taken })
                numbers.AddRange(Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)));
            return Answer!.Value;
        }

        public void Dispose()
        {
        }
    }
}
