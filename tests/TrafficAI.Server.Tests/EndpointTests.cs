using System.Net;
using System.Text.Json;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Tests;

/// <summary>What each address answers of a recorded run.</summary>
public sealed class EndpointTests(RecordedRun run) : IClassFixture<RecordedRun>, IAsyncLifetime
{
    private TestServer server = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await run.ServeAsync();
        client = server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_site_says_what_is_shown()
    {
        var site = await client.GetJsonAsync("/site");
        Assert.Equal(("corridor", "adaptive", false, 0L, 298L), (
            site.GetProperty("scenario").GetString(), site.GetProperty("strategy").GetString(), site.GetProperty("live").GetBoolean(),
            site.GetProperty("begin").GetInt64(), site.GetProperty("end").GetInt64()));
        Assert.Equal("2026-01-01T05:00:00+05:00", site.GetProperty("start").GetString());
    }

    [Fact]
    public async Task Roads_are_lines_and_intersections_lie_among_them()
    {
        var network = await client.GetJsonAsync("/network");
        Assert.Equal(run.Served.Site.Network.Edges.Count(e => e.Function == Network.EdgeFunction.Normal), network.GetProperty("features").GetArrayLength());
        Assert.All(network.GetProperty("features").EnumerateArray(), f => Assert.True(f.GetProperty("geometry").GetProperty("coordinates").GetArrayLength() >= 2));
        var intersections = await client.GetJsonAsync("/intersections");
        Assert.Equal(["J1", "J2", "J3", "J4", "J5", "J6", "J7", "J8"], intersections.EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
        Assert.All(intersections.EnumerateArray(), i => Assert.InRange(i.GetProperty("position")[0].GetDouble(), 0, 0.03));
    }

    [Fact]
    public async Task An_intersection_is_drawn_around_its_middle()
    {
        var model = run.Served.Site.Models[2];
        var drawn = await client.GetJsonAsync("/intersections/J3");
        Assert.Equal(model.Lanes.Length, drawn.GetProperty("lanes").GetArrayLength());
        Assert.Equal(model.Movements.Length, drawn.GetProperty("ways").GetArrayLength());
        Assert.Equal(["north", "east", "east", "south", "west", "west"], drawn.GetProperty("lanes").EnumerateArray().Select(l => l.GetProperty("approach").GetString()!));
        foreach (var lane in drawn.GetProperty("lanes").EnumerateArray())
        {
            var stopLine = lane.GetProperty("shape").EnumerateArray().Last();
            Assert.InRange(Math.Sqrt(Math.Pow(stopLine[0].GetDouble(), 2) + Math.Pow(stopLine[1].GetDouble(), 2)), 5, 30);
        }

        Assert.Equal(model.Signals.Intergreen(0, 1), drawn.GetProperty("intergreens")[0][1].GetInt32());
    }

    [Fact]
    public async Task A_moment_is_as_the_log_has_it()
    {
        var moment = await client.GetJsonAsync("/intersections/J3/state?at=120");
        var frame = await FrameAsync(2, 121);
        Assert.Equal(LampLetters.Of(frame.Signals.Lamps), moment.GetProperty("state").GetProperty("lamps").GetString());
        Assert.Equal(frame.Signals.Phase.ToString(), moment.GetProperty("state").GetProperty("phase").GetString());
        Assert.Equal(6, moment.GetProperty("lanes").GetArrayLength());
        Assert.All(moment.GetProperty("detectors").EnumerateArray(), d => Assert.Equal("good", d.GetProperty("health").GetString()));
        Assert.NotEqual(0, moment.GetProperty("plan").GetArrayLength());
        Assert.Equal("2026-01-01T05:02:00+05:00", moment.GetProperty("wall").GetString());
    }

    /// <summary>The fold of the plan is kept between requests: it must not matter who asked before.</summary>
    [Fact]
    public async Task A_moment_is_the_same_whatever_was_asked_before()
    {
        var first = (await client.GetJsonAsync("/intersections/J5/state?at=200")).GetRawText();
        await client.GetJsonAsync("/intersections/J5/state?at=260");
        await client.GetJsonAsync("/intersections/J5/state?at=30");
        Assert.Equal(first, (await client.GetJsonAsync("/intersections/J5/state?at=200")).GetRawText());
    }

    [Fact]
    public async Task Decisions_come_newest_first_and_explain_themselves_in_three_languages()
    {
        var decisions = (await client.GetJsonAsync("/intersections/J3/decisions?from=60&to=240")).EnumerateArray().ToList();
        var recorded = await run.Served.Log.ReadAsync("intersection-J3", 0, TestContext.Current.CancellationToken)
            .Where(e => e.Type == IntersectionEvent.PhaseDecided).Select(e => (Runtime.Events.PhaseDecided)EventTypes.Decode(e)).Where(d => d.Second is >= 60 and <= 240)
            .Select(d => d.Second).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(recorded.AsEnumerable().Reverse(), decisions.Select(d => d.GetProperty("second").GetInt64()));
        var change = decisions.First(d => d.GetProperty("from").GetString() != d.GetProperty("to").GetString());
        var path = $"/intersections/J3/decisions/{change.GetProperty("revision").GetInt64()}";
        var (en, ru, kk) = (await client.GetJsonAsync(path), await client.GetJsonAsync(path + "?language=ru"), await client.GetJsonAsync(path + "?language=kk"));
        Assert.Contains(en.GetProperty("text").EnumerateArray(), line => line.GetString()!.StartsWith("Why:", StringComparison.Ordinal));
        Assert.Contains(ru.GetProperty("text").EnumerateArray(), line => line.GetString()!.StartsWith("Почему:", StringComparison.Ordinal));
        Assert.NotEqual(ru.GetProperty("text").GetRawText(), kk.GetProperty("text").GetRawText());
        Assert.Equal("trafficai.explain.v1", en.GetProperty("explanation").GetProperty("schema").GetString());
        Assert.Equal(change.GetProperty("wanted").GetString(), en.GetProperty("explanation").GetProperty("decided").GetProperty("wanted").GetString());
    }

    [Fact]
    public async Task History_is_what_each_moment_is()
    {
        var history = (await client.GetJsonAsync("/history?from=100&to=200&step=20")).EnumerateArray().ToList();
        Assert.Equal([100, 120, 140, 160, 180, 200], history.Select(m => m.GetProperty("second").GetInt32()));
        Assert.All(history, m => Assert.All(m.GetProperty("intersections").EnumerateObject(), i => Assert.Equal(m.GetProperty("second").GetInt64(), i.Value.GetProperty("second").GetInt64())));
        var moment = await client.GetJsonAsync("/intersections/J3/state?at=160");
        Assert.Equal(moment.GetProperty("state").GetProperty("lamps").GetString(), history[3].GetProperty("intersections").GetProperty("J3").GetProperty("lamps").GetString());
        Assert.Equal(moment.GetProperty("state").GetProperty("queues").GetRawText(), history[3].GetProperty("intersections").GetProperty("J3").GetProperty("queues").GetRawText());
    }

    [Fact]
    public async Task Health_counts_what_is_there()
    {
        var health = await client.GetJsonAsync("/health");
        Assert.Equal((8, 8, true), (health.GetProperty("total").GetInt32(), health.GetProperty("online").GetInt32(), health.GetProperty("log").GetProperty("sealed").GetBoolean()));
        Assert.Equal(0, health.GetProperty("outages").GetArrayLength());
    }

    [Fact]
    public async Task Open_data_needs_no_session_and_names_its_licence()
    {
        await using var guarded = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var nobody = guarded.Client();
        Assert.Equal("CC-BY-4.0", (await nobody.GetJsonAsync("/open/index.json")).GetProperty("licence").GetString());
        Assert.Equal(8, (await nobody.GetJsonAsync("/open/intersections.geojson")).GetProperty("features").GetArrayLength());
    }

    [Theory]
    [InlineData("/intersections/J9", 404, "J1")]
    [InlineData("/intersections/J3/state?at=5000", 400, "0 to 298")]
    [InlineData("/intersections/J3/state?at=soon", 400, "at")]
    [InlineData("/intersections/J3/decisions?limit=0", 400, "1 to 500")]
    [InlineData("/intersections/J3/decisions?from=200&to=100", 400, "later")]
    [InlineData("/intersections/J3/decisions/999999", 404, "revision 999999")]
    [InlineData("/intersections/J3/decisions/0", 404, "revision 0")]
    [InlineData("/intersections/J3/decisions/1?language=tlh", 400, "en, ru, kk")]
    [InlineData("/history?step=0", 400, "step")]
    [InlineData("/live?speed=1e9", 400, "speed")]
    [InlineData("/live?intersections=J1,nowhere", 404, "nowhere")]
    [InlineData("/jobs/7", 404, "no job 7")]
    [InlineData("/nothing", 404, "address")]
    public async Task A_bad_question_is_told_in_words(string path, int status, string says)
    {
        var problem = await client.ProblemAsync(path, (HttpStatusCode)status);
        Assert.Contains(says, problem.GetProperty("detail").GetString() + problem.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_names_every_address_and_no_other()
    {
        using var answer = await client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var described = json.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal);
        Assert.Equal(server.Routes().Where(r => !r.Contains("openapi", StringComparison.Ordinal)).Order(StringComparer.Ordinal), described);
        Assert.All(json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()), m => Assert.False(string.IsNullOrEmpty(m.Value.GetProperty("summary").GetString())));
    }

    private async Task<Signals.Frame> FrameAsync(int index, long second)
    {
        var id = run.Served.Site.Models[index].Signals.Id;
        return await run.Served.Log.ReadAsync(StreamNames.Inputs(id), 0, TestContext.Current.CancellationToken).Where(e => FrameCodec.IsFrame(e.Type))
            .Select(e => FrameCodec.Decode(id, e.Payload)).FirstAsync(f => f.Second == second, TestContext.Current.CancellationToken);
    }
}
