using System.Text.Json;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A recorded run with loops, and what another strategy would have done on that street.</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("builtin")]
    [InlineData("sumo")]
    public async Task The_recorded_strategy_is_found_again_and_the_other_one_is_as_it_really_is(string engine)
    {
        var log = await RecordAsync("fixed", engine);
        using var ask = await Command.RunAsync("replay", log, "--what-if", "adaptive", "--seeds", "1-2", "--strict", "--json", files.File("a.json"));
        var answer = Json("a.json");
        var reliable = answer.GetProperty("reliable").GetBoolean();
        Assert.True(ask.ExitCode == (reliable ? 0 : 1), ask.Output + ask.Errors);
        Assert.Contains(reliable ? "\nreliable: " : "\nnot reliable: ", ask.Output, StringComparison.Ordinal);
        Assert.Equal(reliable, Math.Abs(answer.GetProperty("delay_error").GetDouble()) <= 0.1 && Math.Abs(answer.GetProperty("served_error").GetDouble()) <= 0.05);
        Assert.Equal("trafficai.what-if.v1", answer.GetProperty("schema").GetString());
        Assert.True(Math.Abs(answer.GetProperty("delay_error").GetDouble()) < 0.2, ask.Output);
        Assert.True(Math.Abs(answer.GetProperty("served_error").GetDouble()) < 0.05, ask.Output);

        using var real = await Command.RunAsync("replay", await RecordAsync("adaptive", engine), "--what-if", "adaptive", "--seeds", "1", "--json", files.File("b.json"));
        Assert.True(real.ExitCode == 0, real.Errors);
        var (predicted, happened) = (Mean(answer, "other"), Json("b.json").GetProperty("recorded").GetProperty("delay_s").GetDouble());
        Assert.True(Math.Abs(predicted - happened) < 0.25 * answer.GetProperty("recorded").GetProperty("delay_s").GetDouble(), $"{predicted} s foretold, {happened} s happened");
    }

    [Fact]
    public async Task The_same_question_has_the_same_answer()
    {
        var log = await RecordAsync("fixed", "builtin");
        foreach (var name in (string[])["a.json", "b.json"])
        {
            using var ask = await Command.RunAsync("replay", log, "--what-if", "actuated", "--seeds", "3", "--json", files.File(name));
            Assert.True(ask.ExitCode == 0, ask.Errors);
        }

        Assert.Equal(await File.ReadAllTextAsync(files.File("a.json"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(files.File("b.json"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("corridor", "adaptive", "loops")]
    [InlineData("corridor", "actuated", "full")]
    [InlineData("four-arm", "adaptive", "full")]
    public async Task A_branch_under_the_same_strategy_is_the_run_from_the_start(string scenario, string strategy, string sensing)
    {
        var log = files.File("run.db");
        using var run = await Command.RunAsync("simulate", Checkout.Simulation(scenario), "--strategy", strategy, "--sensing", sensing, "--end", "600", "--log", log, "--fault", "dead=5%,loss=2%");
        Assert.True(run.ExitCode == 0, run.Errors);
        var parted = await AskAsync(log, strategy, "a.json");
        Assert.Equal(parted.GetProperty("again").GetRawText(), parted.GetProperty("other").GetRawText());
        var other = await AskAsync(log, "fixed", "b.json");
        Assert.Equal(parted.GetProperty("again").GetRawText(), other.GetProperty("again").GetRawText());
        Assert.NotEqual(other.GetProperty("again").GetRawText(), other.GetProperty("other").GetRawText());
    }

    private async Task<JsonElement> AskAsync(string log, string strategy, string json)
    {
        using var ask = await Command.RunAsync("replay", log, "--what-if", strategy, "--from", "00:05:00", "--seeds", "1", "--json", files.File(json));
        Assert.True(ask.ExitCode == 0, ask.Errors);
        return Json(json).GetProperty("seeds")[0];
    }

    [Fact]
    public async Task Half_the_demand_and_a_closed_lane_change_the_other_street_only()
    {
        var log = await RecordAsync("fixed", "builtin");
        var change = files.File("change.json");
        await File.WriteAllTextAsync(change, """{ "demand": 0.5, "closedLanes": ["east3_0"] }""", TestContext.Current.CancellationToken);
        using var ask = await Command.RunAsync("replay", log, "--what-if", "fixed", "--change", change, "--from", "00:05:00", "--seeds", "1", "--json", files.File("a.json"));
        Assert.True(ask.ExitCode == 0, ask.Errors);
        var answer = Json("a.json");
        Assert.Equal(300, answer.GetProperty("from").GetInt64());
        var seed = answer.GetProperty("seeds")[0];
        Assert.InRange(seed.GetProperty("other").GetProperty("served").GetDouble() / seed.GetProperty("again").GetProperty("served").GetDouble(), 0.4, 0.65);

        await File.WriteAllTextAsync(change, """{ "closedLanes": ["east3_9"] }""", TestContext.Current.CancellationToken);
        await Command.RefusedAsync("lane 'east3_9' is not in the network", "replay", log, "--what-if", "fixed", "--change", change);
        await File.WriteAllTextAsync(change, """{ "demnad": 2 }""", TestContext.Current.CancellationToken);
        await Command.RefusedAsync("--change", "replay", log, "--what-if", "fixed", "--change", change);
        await Command.RefusedAsync("--from 02:00:00: the log holds", "replay", log, "--what-if", "fixed", "--from", "02:00:00");
    }

    private static double Mean(JsonElement answer, string street) => answer.GetProperty("seeds").EnumerateArray().Average(seed => seed.GetProperty(street).GetProperty("delay_s").GetDouble());

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(files.File(name))).RootElement;

    private async Task<string> RecordAsync(string strategy, string engine)
    {
        var log = files.File($"{strategy}-{engine}.db");
        using var run = await Command.RunAsync(
            "simulate", Checkout.Corridor, "--engine", engine, "--strategy", strategy, "--sensing", "loops", "--end", "900", "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        return log;
    }
}
