using System.Net;
using System.Text.Json;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>What-if questions over HTTP, worked out by the command itself.</summary>
public sealed class DashboardJobTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task An_answer_is_that_of_the_command_line_and_another_question_is_ended_on_the_way()
    {
        var log = files.File("run.db");
        using (var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--strategy", "fixed", "--sensing", "loops", "--end", "600", "--log", log)) Assert.True(run.ExitCode == 0, run.Errors);
        using var told = await Command.RunAsync("replay", log, "--what-if", "actuated", "--seeds", "1-3", "--json", files.File("told.json"));
        Assert.True(told.ExitCode == 0, told.Errors);

        using var dashboard = await ServedDashboard.StartAsync(log);
        var ended = (await dashboard.PostAsync("/what-if", new { strategy = "adaptive" }, HttpStatusCode.Accepted)).GetProperty("job").GetInt64();
        var asked = (await dashboard.PostAsync("/what-if", new { strategy = "actuated" }, HttpStatusCode.Accepted)).GetProperty("job").GetInt64();
        await UntilAsync(dashboard, ended, job => job.GetProperty("progress").GetDouble() > 0);
        using (var answer = await dashboard.Client.DeleteAsync($"/api/v1/jobs/{ended}", TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("cancelled", (await UntilAsync(dashboard, ended, IsOver)).Last().GetProperty("state").GetString());

        var seen = await UntilAsync(dashboard, asked, IsOver);
        var progress = seen.Select(job => job.GetProperty("progress").GetDouble()).ToList();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(("done", 1.0), (seen[^1].GetProperty("state").GetString(), progress[^1]));
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(files.File("told.json"), TestContext.Current.CancellationToken));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, seen[^1].GetProperty("result")), seen[^1].GetProperty("result").GetRawText());
        Assert.Equal(JsonValueKind.Null, (await dashboard.GetAsync($"/jobs/{ended}")).GetProperty("result").ValueKind);
    }

    private static bool IsOver(JsonElement job) => job.GetProperty("state").GetString() is "done" or "failed" or "cancelled";

    /// <summary>The states of a job that were seen until something was so of it.</summary>
    private static async Task<List<JsonElement>> UntilAsync(ServedDashboard dashboard, long id, Func<JsonElement, bool> isSo)
    {
        var seen = new List<JsonElement>();
        while (seen.Count == 0 || !isSo(seen[^1]))
        {
            if (seen.Count > 0) await Task.Delay(100, TestContext.Current.CancellationToken);
            seen.Add(await dashboard.GetAsync(FormattableString.Invariant($"/jobs/{id}")));
        }

        return seen;
    }
}
