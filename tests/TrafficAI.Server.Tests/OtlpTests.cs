using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TrafficAI.Server.Tests;

/// <summary>Traces and measures reach a collector.</summary>
public sealed class OtlpTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    [Fact]
    public async Task A_request_is_traced_and_measures_are_sent_to_the_collector()
    {
        var came = new ConcurrentDictionary<string, string?>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{what}", (string what, HttpRequest request) =>
        {
            came[what] = request.ContentType;
            return Results.Ok();
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        await using (var server = await run.ServeAsync(o => o with { Collector = new Uri(collector.Urls.First() + "/") }))
        {
            using var client = server.Client();
            await client.GetJsonAsync("/site");
        }

        Assert.Equal(["metrics", "traces"], came.Keys.Order());
        Assert.All(came.Values, type => Assert.Equal("application/x-protobuf", type));
    }
}
