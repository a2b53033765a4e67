using System.Text.Json;

namespace TrafficAI.Server.Tests;

/// <summary>The machine-readable description says what each address answers, and the answers keep to it.</summary>
public sealed class SchemaTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    private static readonly string[] Asked =
    [
        "/api/v1/session", "/api/v1/site", "/api/v1/network", "/api/v1/intersections", "/api/v1/intersections/{id}", "/api/v1/intersections/{id}/state", "/api/v1/intersections/{id}/decisions",
        "/api/v1/intersections/{id}/decisions/{revision}", "/api/v1/intersections/{id}/comparable", "/api/v1/history", "/api/v1/measures", "/api/v1/measures/definitions", "/api/v1/health", "/api/v1/jobs",
        "/api/v1/jobs/{id}", "/api/v1/overrides", "/api/v1/safety-changes", "/api/v1/safety-changes/signals.json", "/api/v1/audit", "/api/v1/corridors/{id}/time-space", "/api/v1/open/index.json",
        "/api/v1/open/intersections.geojson", "/api/v1/open/measures.json", "/api/v1/open/schema.json",
    ];

    [Fact]
    public async Task Every_address_says_what_it_answers()
    {
        await using var server = await run.ServeAsync();
        using var description = await DescriptionAsync(server);
        foreach (var (method, path, _) in server.Allowed().Where(route => !route.Path.Contains("openapi", StringComparison.Ordinal)))
        {
            var answers = description.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant()).GetProperty("responses");
            var good = answers.EnumerateObject().Single(answer => answer.Name[0] is '2' or '3');
            if (good.Name is "204" or "302") continue;
            var content = Assert.Single(good.Value.GetProperty("content").EnumerateObject());
            Assert.True(content.Value.TryGetProperty("schema", out var schema) && schema.EnumerateObject().Any(), $"{method} {path} names no schema");
        }
    }

    [Fact]
    public async Task Real_answers_are_what_the_description_says()
    {
        await using var corridor = await Recording.OfAsync("almaty-abay", "fixed", Signals.Sensing.Full, 9_150, TestContext.Current.CancellationToken);
        var checkedPaths = await CheckAsync(corridor.Served, 9_148, "ALA-005", "abay");
        checkedPaths.UnionWith(await CheckAsync(run.Served, RecordedRun.Seconds - 2, "J3", null));
        Assert.Equal(Asked.Order(StringComparer.Ordinal), checkedPaths.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}""", """{}""", "a is missing")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}""", """{"a":1.5}""", "integer")]
    [InlineData("""{"type":"object","properties":{"a":{"type":["null","string"]}}}""", """{"a":true}""", "null|string")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", """{"b":"x"}""", "b is not described")]
    [InlineData("""{"type":"array","items":{"enum":["a","b"]}}""", """["a","c"]""", "none of")]
    public void The_check_finds_what_is_wrong(string schema, string value, string says)
    {
        using var described = JsonDocument.Parse(schema);
        using var answer = JsonDocument.Parse(value);
        Assert.Contains(says, Assert.Single(new SchemaCheck(described.RootElement).Complaints(described.RootElement, answer.RootElement, "$")), StringComparison.Ordinal);
    }

    private static async Task<HashSet<string>> CheckAsync(Reading.ServedLog served, long until, string intersection, string? corridor)
    {
        await using var server = await TestServer.StartAsync(served, o => o with { Accounts = TestAccounts.All, WhatIf = (_, _, _) => Task.FromResult(JsonSerializer.SerializeToElement(new { answer = 42 })) }, until);
        using var client = await server.LogInAsync("ada");
        using var engineer = await server.LogInAsync("erlan");
        await engineer.SendAsync(HttpMethod.Post, "/what-if", new { strategy = "fixed" }, System.Net.HttpStatusCode.Accepted);
        if (intersection == "J3") await engineer.SendAsync(HttpMethod.Post, "/safety-changes", new { intersection, what = "minimumGreen", group = 1, value = 17, reason = "many school children cross here" }, System.Net.HttpStatusCode.Created);
        using var description = await DescriptionAsync(server);
        var decisions = await client.GetJsonAsync($"/intersections/{intersection}/decisions");
        var (done, wrong) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var path in Asked)
        {
            if (path.Contains("corridors", StringComparison.Ordinal) && corridor is null) continue;
            var at = path.Replace("/jobs/{id}", "/jobs/1", StringComparison.Ordinal).Replace("/corridors/{id}", $"/corridors/{corridor}", StringComparison.Ordinal).Replace("{id}", intersection, StringComparison.Ordinal)
                .Replace("{revision}", decisions[0].GetProperty("revision").GetRawText(), StringComparison.Ordinal);
            using var answer = await client.GetAsync(at, TestContext.Current.CancellationToken);
            var content = Assert.Single(description.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject());
            Assert.Equal(content.Name, answer.Content.Headers.ContentType!.MediaType);
            var complaints = new SchemaCheck(description.RootElement).Complaints(content.Value.GetProperty("schema"), await Asking.ReadAsync(answer, System.Net.HttpStatusCode.OK), path);
            wrong.AddRange(complaints.Take(3));
            done.Add(path);
        }

        Assert.True(wrong.Count == 0, string.Join("; ", wrong));

        return done;
    }

    private static async Task<JsonDocument> DescriptionAsync(TestServer server)
    {
        using var client = server.Client();
        return JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
    }
}
