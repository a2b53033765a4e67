using System.Net;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Server.Jobs;

namespace TrafficAI.Server.Tests;

/// <summary>Overrides, changes of safety data and what-if jobs: each is recorded with who, what and why.</summary>
public sealed class ControlTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    private const string Reason = "a procession on the avenue";

    [Fact]
    public async Task An_override_is_told_as_done_when_the_log_says_that_it_counts()
    {
        await using var growing = await GrowingLog.CopyAsync(run.Served, 100);
        await using var server = await TestServer.StartAsync(growing.Served, o => o with { Accounts = TestAccounts.All, Orders = (id, order) => Obey(growing.Log, id.Value, order) }, 99);
        using var oleg = await server.LogInAsync("oleg");
        var told = await oleg.SendAsync(HttpMethod.Post, "/overrides", new { intersection = "J3", act = "hold", phase = "F2", reason = Reason, minutes = 5 }, HttpStatusCode.Created);
        Assert.Equal(("hold", "F2", 99 + 300, "oleg"), (told.GetProperty("act").GetString(), told.GetProperty("phase").GetString(), told.GetProperty("until").GetInt32(), told.GetProperty("by").GetString()));
        Assert.Equal("J3", Assert.Single((await oleg.GetJsonAsync("/overrides")).EnumerateArray()).GetProperty("intersection").GetString());
        await oleg.SendAsync(HttpMethod.Delete, "/overrides/J3", new { reason = "the procession is over" }, HttpStatusCode.NoContent);
        Assert.Equal(0, (await oleg.GetJsonAsync("/overrides")).GetArrayLength());
        await oleg.SendAsync(HttpMethod.Delete, "/overrides/J3", new { reason = "the procession is over" }, HttpStatusCode.NotFound);
        await oleg.SendAsync(HttpMethod.Post, "/overrides", new { intersection = "J4", act = "plan", reason = Reason, minutes = 5 }, HttpStatusCode.Forbidden);
        using var ada = await server.LogInAsync("ada");
        var audit = (await ada.GetJsonAsync("/audit")).EnumerateArray().Select(u => $"{u.GetProperty("user").GetString()} {u.GetProperty("act").GetString()} {u.GetProperty("target").GetString()} {u.GetProperty("outcome").GetString()}").ToList();
        Assert.Equal(["oleg override J4 refused", "oleg override-end J3 done", "oleg override J3 done"], audit.Where(u => u.Contains("override", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_override_that_is_taken_back_at_night_gives_way_to_the_timetable()
    {
        await using var growing = await GrowingLog.CopyAsync(run.Served, 100);
        await using var server = await TestServer.StartAsync(growing.Served, o => o with { Orders = (id, order) => AtNight(growing.Log, id.Value, order) }, 99);
        using var client = server.Client();
        await client.SendAsync(HttpMethod.Post, "/overrides", new { intersection = "J3", act = "hold", phase = "F2", reason = Reason, minutes = 5 }, HttpStatusCode.Created);
        await client.SendAsync(HttpMethod.Delete, "/overrides/J3", new { reason = "the procession is over" }, HttpStatusCode.NoContent);
        Assert.True(await server.Host.Live.UntilAsync(view => view.Views[2].Now?.Override?.By == OperatorDesk.Timetable, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_order_that_nothing_comes_of_is_not_told_as_done()
    {
        await using var server = await run.ServeAsync(o => o with { Orders = (_, _) => { } });
        using var client = server.Client();
        await client.SendAsync(HttpMethod.Post, "/overrides", new { intersection = "J3", act = "flash", reason = Reason, minutes = 5 }, HttpStatusCode.GatewayTimeout);
    }

    [Theory]
    [InlineData("""{"intersection":"J3","act":"hold","phase":"F9","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"hold","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"plan","phase":"F1","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"plan","reason":"why not","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"plan","reason":"a procession\non the avenue","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"plan","reason":"a procession on the avenue","minutes":121}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"release","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J9","act":"plan","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.NotFound)]
    [InlineData("""{"act":"plan"}""", HttpStatusCode.BadRequest)]
    [InlineData("""[]""", HttpStatusCode.BadRequest)]
    [InlineData("""{"intersection":"J3","act":"plan","reason":"a procession on the avenue","minutes":5}""", HttpStatusCode.Conflict)]
    public async Task An_override_that_cannot_be_is_refused_before_anything_is_sent(string body, HttpStatusCode expected)
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        await client.SendAsync(HttpMethod.Post, "/overrides", body, expected);
        Assert.DoesNotContain(await AccessTests.ControlsAsync(server), used => used.Outcome == "done");
    }

    [Fact]
    public async Task Safety_data_takes_two_engineers_and_only_rises()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var erlan = await server.LogInAsync("erlan");
        using var elena = await server.LogInAsync("elena");
        var change = new { intersection = "J3", what = "minimumGreen", group = 1, value = 17, reason = "many school children cross here" };
        var proposed = await erlan.SendAsync(HttpMethod.Post, "/safety-changes", change, HttpStatusCode.Created);
        Assert.Equal(("erlan", null, 17), (proposed.GetProperty("proposedBy").GetString(), proposed.GetProperty("approvedBy").GetString(), proposed.GetProperty("change").GetProperty("value").GetInt32()));
        await erlan.SendAsync(HttpMethod.Post, "/safety-changes/1/approve", null, HttpStatusCode.Forbidden);
        var approved = await elena.SendAsync(HttpMethod.Post, "/safety-changes/1/approve", null, HttpStatusCode.OK);
        Assert.Equal("elena", approved.GetProperty("approvedBy").GetString());
        await elena.SendAsync(HttpMethod.Post, "/safety-changes/1/approve", null, HttpStatusCode.Conflict);
        await elena.SendAsync(HttpMethod.Post, "/safety-changes/2/approve", null, HttpStatusCode.NotFound);
        await erlan.SendAsync(HttpMethod.Post, "/safety-changes", change with { value = 1 }, HttpStatusCode.BadRequest);
        await erlan.SendAsync(HttpMethod.Post, "/safety-changes", change with { group = 99 }, HttpStatusCode.BadRequest);
        var file = await erlan.GetJsonAsync("/safety-changes/signals.json");
        Assert.Equal(17, file.GetProperty("intersections")[0].GetProperty("groups")[0].GetProperty("minimumGreen").GetInt32());
    }

    [Fact]
    public async Task A_job_is_worked_out_watched_and_ended()
    {
        var gate = new TaskCompletionSource();
        await using var server = await run.ServeAsync(o => o with { WhatIf = AnswerAsync });
        using var client = server.Client();
        await client.SendAsync(HttpMethod.Post, "/what-if", new { strategy = "fixed", from = 100 }, HttpStatusCode.Accepted);
        await client.SendAsync(HttpMethod.Post, "/what-if", new { strategy = "fixed", from = 200 }, HttpStatusCode.Accepted);
        await client.SendAsync(HttpMethod.Post, "/what-if", new { strategy = "actuated" }, HttpStatusCode.Accepted);
        Assert.Equal(("running", 0.5), await UntilAsync(client, 1, "running"));
        await client.SendAsync(HttpMethod.Delete, "/jobs/2", null, HttpStatusCode.NoContent);
        Assert.Equal("cancelled", (await client.GetJsonAsync("/jobs/2")).GetProperty("state").GetString());
        gate.SetResult();
        Assert.Equal(("done", 1), await UntilAsync(client, 1, "done"));
        Assert.Equal(42, (await client.GetJsonAsync("/jobs/1")).GetProperty("result").GetProperty("answer").GetInt32());
        Assert.Equal(("failed", 0.5), await UntilAsync(client, 3, "failed"));
        Assert.Equal("the log holds no such street", (await client.GetJsonAsync("/jobs/3")).GetProperty("error").GetString());
        Assert.Equal([3, 2, 1], (await client.GetJsonAsync("/jobs")).EnumerateArray().Select(job => job.GetProperty("id").GetInt32()));
        foreach (var bad in (object[])[new { strategy = "magic" }, new { from = 99_999 }, new { change = new { demand = 50 } }, new { change = new { closedLanes = new[] { "../../etc/passwd" } } }])
            await client.SendAsync(HttpMethod.Post, "/what-if", bad, HttpStatusCode.BadRequest);

        async Task<JsonElement> AnswerAsync(WhatIfAsk ask, Action<double> progress, CancellationToken stop)
        {
            progress(0.5);
            if (ask.Strategy == "actuated") throw new WhatIfException("the log holds no such street");
            await gate.Task.WaitAsync(stop);
            return JsonSerializer.SerializeToElement(new { answer = 42 });
        }
    }

    [Fact]
    public async Task No_more_jobs_wait_than_may()
    {
        await using var queue = new JobQueue((_, _, stop) => Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => default(JsonElement), stop, TaskContinuationOptions.None, TaskScheduler.Default), _ => { });
        for (var i = 0; i < JobQueue.MostWaiting; i++) Assert.NotNull(queue.Add("erlan", new(null, null)));
        Assert.Null(queue.Add("erlan", new(null, null)));
    }

    private static async Task<(string?, double)> UntilAsync(HttpClient client, int id, string state)
    {
        for (var i = 0; ; i++)
        {
            var job = await client.GetJsonAsync($"/jobs/{id}");
            if ((job.GetProperty("state").GetString() == state && job.GetProperty("progress").GetDouble() > 0) || i == 200) return (job.GetProperty("state").GetString(), job.GetProperty("progress").GetDouble());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    // As the actor of the intersection does.
    private static void Obey(IEventLog log, string id, OperatorOrder order)
    {
        var (type, said) = order.Act == OperatorAct.Release
            ? (IntersectionEvent.OverrideEnded, (object)new OverrideEnded(100, 0, "hold", "withdrawn") { By = order.By, Reason = order.Reason })
            : (IntersectionEvent.OverrideBegun, OverrideBegun.Of(100, 0, order));
        log.AppendAsync($"intersection-{id}", ExpectedRevision.Any, new EventData(Guid.NewGuid(), type, EventTypes.Encode(type, said))).AsTask().Wait();
    }

    private static void AtNight(IEventLog log, string id, OperatorOrder order)
    {
        Obey(log, id, order);
        if (order.Act == OperatorAct.Release) Obey(log, id, new(OperatorAct.Flash, null, 3_600, OperatorDesk.Timetable, "flashing amber at night"));
    }
}
