using System.Net;
using TrafficAI.Measures;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Tests;

/// <summary>Figures over HTTP are those of the command line.</summary>
public sealed class MeasuresTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    [Fact]
    public async Task Measures_are_those_that_the_whole_log_gives()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        var measures = new LogMeasures(run.Served.Site, new(0, 299, 900));
        await measures.ReadAsync(run.Served.Log, TestContext.Current.CancellationToken);
        var expected = measures.Measure(0, 299);
        var told = await client.GetJsonAsync("/measures?from=0&to=298");
        Assert.Equal("trafficai.kpi.v1", told.GetProperty("schema").GetString());
        foreach (var value in expected.Values)
        {
            var said = told.GetProperty("values").GetProperty(value.Id).GetProperty("value");
            Assert.Equal(value.Value, said.ValueKind == System.Text.Json.JsonValueKind.Null ? null : said.GetDouble());
        }

        Assert.Equal(8, told.GetProperty("intersections").GetArrayLength());
    }

    [Fact]
    public async Task One_intersection_in_another_language_and_each_definition()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        var one = await client.GetJsonAsync("/measures?from=60&to=240&intersection=J3&language=ru&bin=1");
        Assert.Equal("J3", Assert.Single(one.GetProperty("intersections").EnumerateArray()).GetProperty("id").GetString());
        var definitions = await client.GetJsonAsync("/measures/definitions?language=kk");
        Assert.Equal(MeasureDefinition.All.Length, definitions.GetArrayLength());
        Assert.All(definitions.EnumerateArray(), d => Assert.False(string.IsNullOrEmpty(d.GetProperty("formula").GetString())));
        await client.ProblemAsync("/measures?language=xx", HttpStatusCode.BadRequest);
        await client.ProblemAsync("/measures?bin=0", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Open_data_is_a_table_that_its_schema_describes()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var nobody = server.Client();
        var lines = (await nobody.GetStringAsync("/api/v1/open/measures.csv", TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        var schema = await nobody.GetJsonAsync("/open/schema.json");
        Assert.Equal(string.Join(',', schema.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString())), lines[0]);
        Assert.True(lines.Length > 8 * 10);
        Assert.All(lines, line => Assert.Equal(7, line.Count(c => c == ',')));
        foreach (var file in (await nobody.GetJsonAsync("/open/index.json")).GetProperty("files").EnumerateArray())
            Assert.True((await nobody.GetByteArrayAsync("/api/v1/open/" + file.GetProperty("path").GetString(), TestContext.Current.CancellationToken)).Length > 0);
    }

    [Fact]
    public async Task Within_five_minutes_nothing_is_comparable()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        Assert.Equal(0, (await client.GetJsonAsync("/intersections/J3/comparable?at=298")).GetArrayLength());
    }

    [Fact]
    public async Task Comparable_cases_are_older_apart_and_most_alike_first()
    {
        await using var cases = await Recording.OfAsync("corridor", "adaptive", Sensing.Full, 1_200, TestContext.Current.CancellationToken, seed: 2);
        await using var server = await TestServer.StartAsync(cases.Served, null, 1_190);
        using var moments = new Moments(cases.Served, server.Host.Live.Past);
        var now = (await moments.ViewAsync(2, 1_100, TestContext.Current.CancellationToken)).Now!;
        var found = await new ComparableCases(cases.Served, moments).FindAsync(2, 1_100, TestContext.Current.CancellationToken);
        Assert.InRange(found.Count, 1, 5);
        Assert.Equal(found.OrderBy(one => one.Difference), found);
        Assert.All(found, one => Assert.InRange(one.Second, 0, 800));
        Assert.All(found, one => Assert.Equal(now.Next ?? now.Phase, one.Phase));
        Assert.All(found, one => Assert.Equal(Math.Round(one.Queues.Zip(now.Queues, (then, today) => Math.Abs(then - today)).Sum(), 1), one.Difference, 1));
        Assert.All(found, one => Assert.NotNull(one.Outcome.DelayNext5Min));
        var seconds = found.Select(one => one.Second).Order().ToList();
        Assert.All(seconds.Zip(seconds.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 300));
    }
}
