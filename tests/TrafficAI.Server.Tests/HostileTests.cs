using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrafficAI.Server.Tests;

/// <summary>Requests that nobody sends in good faith.</summary>
public sealed class HostileTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    private static readonly string[] Values =
        ["", "-1", "0", "1e400", "NaN", "9223372036854775808", "99999999999999999999", "true", "null", "%00", "'; DROP TABLE events; --", "<script>", "../../../etc/passwd", "%2e%2e%2f", "J3\r\nX: y", "𝔘", new('a', 4000)];

    [Fact]
    public async Task No_parameter_makes_the_server_fail()
    {
        await using var server = await run.ServeAsync();
        string[] paths =
        [
            "/live?intersections={0}", "/live?from={0}", "/live?speed={0}", "/history?from={0}", "/history?to={0}&step={0}", "/history?intersections={0}", "/intersections/{0}", "/intersections/{0}/state", "/intersections/J3/state?at={0}",
            "/intersections/J3/decisions?from={0}&limit={0}", "/intersections/J3/decisions/{0}", "/intersections/J3/decisions/5?language={0}", "/intersections/J3/comparable?at={0}", "/measures?from={0}&to={0}", "/measures?intersection={0}", "/measures?bin={0}&language={0}",
            "/corridors/{0}/time-space", "/jobs/{0}", "/open/{0}", "/open/measures.csv?from={0}",
        ];
        foreach (var path in paths)
        {
            foreach (var value in Values)
            {
                using var client = server.Client();
                using var answer = await client.GetAsync("/api/v1" + string.Format(null, path, Uri.EscapeDataString(value)), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    await Task.Delay(500, TestContext.Current.CancellationToken);
                    continue;
                }

                Assert.True((int)answer.StatusCode is < 500, $"{path} with {value}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(server.Said);
    }

    [Theory]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%5c..%5cetc%5cpasswd")]
    [InlineData("/assets/..%2f..%2ftrafficai.dll")]
    [InlineData("/trafficai.dll")]
    [InlineData("//etc/passwd")]
    public async Task No_path_leads_out_of_the_dashboard(string path)
    {
        await using var server = await run.ServeAsync();
        var answer = await RawAsync(server, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (400|404)", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_too_deep_is_refused()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        await client.SendAsync(HttpMethod.Post, "/what-if", $$"""{"strategy":"{{new string('a', 100_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);
        await client.SendAsync(HttpMethod.Post, "/what-if", string.Concat(Enumerable.Repeat("[", 10_000)), HttpStatusCode.BadRequest);
        await client.SendAsync(HttpMethod.Post, "/overrides", """{"intersection":"J3","intersection":"J4","act":"plan","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_asks_without_end_is_told_to_wait()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 600; i++)
        {
            using var answer = await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    /// <summary>A control room behind one address: each session has limits of its own, and who floods without one uses up none of theirs.</summary>
    [Fact]
    public async Task A_room_full_of_sessions_behind_one_address_is_served()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        var room = new List<HttpClient>();
        foreach (var user in (string[])["vera", "erlan", "oleg", "olga"]) room.Add(await server.LogInAsync(user));
        using var nobody = server.Client();
        var flood = new List<HttpStatusCode>();
        for (var i = 0; i < 500; i++) flood.Add(await StatusAsync(nobody));
        Assert.Contains(HttpStatusCode.TooManyRequests, flood);
        for (var i = 0; i < 150; i++)
            foreach (var client in room) Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        room.ForEach(client => client.Dispose());

        static async Task<HttpStatusCode> StatusAsync(HttpClient client)
        {
            using var answer = await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Measures_for_Prometheus_are_in_its_format()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        await client.GetJsonAsync("/site");
        using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        var families = PrometheusReader.Read(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(8, families["trafficai_frames_total"].Samples.Count);
        Assert.All(families["trafficai_frames_total"].Samples, s => Assert.Equal(RecordedRun.Seconds, s.Value));
        Assert.Equal(("counter", "gauge"), (families["trafficai_frames_total"].Type, families["trafficai_queue_vehicles"].Type));
        Assert.Contains(families["trafficai_http_requests_total"].Samples, s => s.Labels["route"] == "/api/v1/site" && s.Labels["status"] == "200" && s.Value >= 1);
        Assert.All(families.Values, family => Assert.All(family.Samples, s => Assert.True(double.IsFinite(s.Value))));
    }

    [Fact]
    public async Task The_dashboard_for_Grafana_asks_for_measures_that_exist()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        await client.GetJsonAsync("/site");
        var families = PrometheusReader.Read(await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
        var file = Path.Combine(RecordedRun.Root, "site", "grafana", "trafficai.json");
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var queries = json.RootElement.GetProperty("panels").EnumerateArray().SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("expr").GetString()!).ToList();
        Assert.NotEmpty(queries);
        foreach (var query in queries)
        {
            var names = System.Text.RegularExpressions.Regex.Matches(query, "trafficai_[a-z_]+").Select(m => m.Value).ToList();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(families.ContainsKey(name), $"{query}: there is no {name}"));
        }
    }

    private static async Task<string> RawAsync(TestServer server, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
