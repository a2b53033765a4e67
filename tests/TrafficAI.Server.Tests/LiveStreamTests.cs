using System.Net;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Tests;

/// <summary>What viewers of the live stream get: all at first, then what changes, and never more than the newest.</summary>
public sealed class LiveStreamTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    [Fact]
    public async Task A_viewer_of_a_log_that_grows_gets_all_first_then_only_what_has_changed()
    {
        await using var growing = await GrowingLog.CopyAsync(run.Served, upTo: 100);
        await using var server = await TestServer.StartAsync(growing.Served, null, 99);
        using var client = server.Client();
        await using var viewer = await Viewer.OpenAsync(client, "/api/v1/live");
        var first = await viewer.NextAsync("state");
        Assert.Equal((99, 8), (first.GetProperty("second").GetInt32(), first.GetProperty("intersections").EnumerateObject().Count()));
        await growing.GrowAsync(101, only: "inputs-J3");
        var second = await viewer.NextAsync("state");
        Assert.Equal(["J3"], second.GetProperty("intersections").EnumerateObject().Select(one => one.Name));
        Assert.Equal(100, second.GetProperty("intersections").GetProperty("J3").GetProperty("second").GetInt32());
    }

    [Fact]
    public async Task A_viewer_gets_what_it_asks_for_and_hears_of_decisions()
    {
        await using var growing = await GrowingLog.CopyAsync(run.Served, upTo: 100);
        await using var server = await TestServer.StartAsync(growing.Served, null, 99);
        using var client = server.Client();
        await using var viewer = await Viewer.OpenAsync(client, "/api/v1/live?intersections=J2,J5");
        Assert.Equal(["J2", "J5"], (await viewer.NextAsync("state")).GetProperty("intersections").EnumerateObject().Select(one => one.Name));
        await growing.GrowAsync(200);
        var decided = await viewer.NextAsync("decided");
        Assert.True(decided.GetProperty("second").GetInt64() >= 99);
        Assert.False(string.IsNullOrEmpty(decided.GetProperty("reason").GetString()));
    }

    /// <summary>A viewer that does not read while the street goes on must find the newest state, not a queue of old ones.</summary>
    [Fact]
    public async Task A_slow_reader_gets_the_newest_state_and_costs_no_memory()
    {
        await using var growing = await GrowingLog.CopyAsync(run.Served, upTo: 20);
        await using var server = await TestServer.StartAsync(growing.Served, null, 19);
        using var client = server.Client();
        await using var viewer = await Viewer.OpenAsync(client, "/api/v1/live");
        await viewer.NextAsync("state");
        await growing.GrowAsync(RecordedRun.Seconds);
        Assert.True(await server.Host.Live.UntilAsync(view => view.Second >= RecordedRun.Seconds - 2, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var states = 0;
        JsonElement state;
        do
        {
            state = await viewer.NextAsync("state");
            states++;
        }
        while (state.GetProperty("second").GetInt64() < RecordedRun.Seconds - 2);
        Assert.InRange(states, 1, 60);
    }

    [Fact]
    public async Task A_recorded_run_plays_at_its_speed_and_says_when_it_is_over()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        await using var viewer = await Viewer.OpenAsync(client, "/api/v1/live?from=290&speed=20");
        var seconds = new List<long>();
        for (var i = 0; i < 8; i++) seconds.Add((await viewer.NextAsync("state")).GetProperty("second").GetInt64());
        Assert.Equal(290, seconds[0]);
        Assert.Equal(seconds.Order().Distinct(), seconds);
        await viewer.NextAsync("end");
    }

    [Fact]
    public async Task No_client_may_hold_too_many_streams()
    {
        await using var server = await run.ServeAsync(o => o with { ViewersPerClient = 2 });
        using var client = server.Client();
        await using var one = await Viewer.OpenAsync(client, "/api/v1/live");
        await using var two = await Viewer.OpenAsync(client, "/api/v1/live");
        await client.ProblemAsync("/live", HttpStatusCode.TooManyRequests);
    }
}

/// <summary>A log in memory that begins as another and grows by its events.</summary>
internal sealed class GrowingLog : IAsyncDisposable
{
    private readonly ServedLog source;
    private readonly MemoryEventLog log = new();
    private readonly Dictionary<string, long> copied = new(StringComparer.Ordinal);

    private GrowingLog(ServedLog source) => this.source = source;

    public ServedLog Served { get; private set; } = null!;

    public IEventLog Log => log;

    /// <param name="upTo">Street second of the last frames.</param>
    public static async Task<GrowingLog> CopyAsync(ServedLog source, long upTo)
    {
        var growing = new GrowingLog(source);
        await growing.GrowAsync(upTo);
        growing.Served = await ServedLog.OpenAsync(growing.log, "memory:", TestContext.Current.CancellationToken);
        return growing;
    }

    /// <summary>Adds what follows, up to the frames of a street second.</summary>
    /// <param name="only">The stream; null for all.</param>
    public async Task GrowAsync(long upTo, string? only = null)
    {
        await foreach (var e in source.Log.ReadAllAsync(0, TestContext.Current.CancellationToken))
        {
            if (Runtime.FrameCodec.IsFrame(e.Type) && Runtime.FrameCodec.Decode(default, e.Payload).Second > upTo) return;
            if (e.Type == Runtime.RunEnded.EventType || (only is not null && e.Stream != only)) continue;
            if (copied.TryGetValue(e.Stream, out var known) && e.Revision <= known) continue;
            await log.AppendAsync(e.Stream, ExpectedRevision.Any, new EventData(Guid.NewGuid(), e.Type, e.Payload));
            copied[e.Stream] = e.Revision;
        }
    }

    public ValueTask DisposeAsync() => log.DisposeAsync();
}

/// <summary>Reads server-sent events.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpResponseMessage answer;
    private readonly StreamReader reader;

    private Viewer(HttpResponseMessage answer, StreamReader reader) => (this.answer, this.reader) = (answer, reader);

    public static async Task<Viewer> OpenAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event of a name; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await reader.ReadLineAsync(late.Token) ?? throw new InvalidOperationException("The stream has ended.");
            if (line != $"event: {name}") continue;
            var data = await reader.ReadLineAsync(late.Token);
            using var json = JsonDocument.Parse(data!["data: ".Length..]);
            return json.RootElement.Clone();
        }
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
