using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Optimisation;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Jobs;

/// <summary>What-if questions: asked, watched and ended.</summary>
internal sealed class JobsApi(JobQueue? queue, ServedLog served, LogWindow window, ControlLog control)
{
    private const double LeastDemand = 0.1;
    private const double MostDemand = 5;
    private const int MostLanes = 100;

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/what-if", AskAsync).WithSummary("Ask what would have been; the answer is a job").Produces<JobBegun>(202).For(Role.Engineer);
        api.MapGet("/jobs", () => (queue?.All ?? []).Select(Told)).WithSummary("The jobs, the newest first").For(Role.Viewer);
        api.MapGet("/jobs/{id:long}", (long id) => Told(Find(id))).WithSummary("How far a job has come, and its result").For(Role.Viewer);
        api.MapDelete("/jobs/{id:long}", CancelAsync).WithSummary("End a job").Produces(204).For(Role.Engineer);
    }

    private async Task<IResult> AskAsync(HttpContext context, WhatIfAsk ask)
    {
        if (queue is null) throw new ApiException(409, "That cannot be asked here", "This server works no what-if questions out.", "Use 'trafficai dashboard LOG' on the log.");
        Check(ask);
        var session = Gatekeeper.Passed(context);
        var job = queue.Add(session.User, ask)
            ?? throw new ApiException(429, "Too many jobs", FormattableString.Invariant($"{JobQueue.MostWaiting} jobs wait."), "Wait until one is done, or end one.");
        await control.RecordAsync(session.User, session.Role, "what-if", Text(job.Id), isDone: true, "", JsonSerializer.Serialize(ask, Json.Options));
        return Results.Json(new JobBegun(job.Id), Json.Options, statusCode: 202);
    }

    private async Task<IResult> CancelAsync(HttpContext context, long id)
    {
        var job = Find(id);
        var session = Gatekeeper.Passed(context);
        await control.RecordAsync(session.User, session.Role, "what-if-cancel", Text(job.Id), isDone: true, "");
        await queue!.CancelAsync(id);
        return Results.NoContent();
    }

    private static JobTold Told(Job job) => new(job.Id, job.By, job.Ask.Strategy, job.Ask.From, job.Ask.Change, job.State, job.Progress, job.Result, job.Error);

    private Job Find(long id) =>
        queue?.Find(id) ?? throw ApiException.NotFound(FormattableString.Invariant($"There is no job {id}."), "See /api/v1/jobs; of old ones only the last are kept.");

    private void Check(WhatIfAsk ask)
    {
        if (ask.From is { } from) window.Second("from", from);
        if (ask.Strategy is { } strategy && !Strategies.Names.Contains(strategy))
            throw ApiException.BadInput($"There is no strategy '{LogWindow.Shortened(strategy)}'.", $"Choose one of {string.Join(", ", Strategies.Names)}.");
        if (ask.Change is not { } change) return;
        if (change.Demand is { } demand) LogWindow.InRange("change.demand", demand, LeastDemand, MostDemand);
        var lanes = change.ClosedLanes ?? [];
        if (lanes.Length > MostLanes) throw ApiException.BadInput($"change.closedLanes names more than {MostLanes} lanes.", "Name fewer.");
        foreach (var lane in lanes)
        {
            if (served.Site.Network.Lanes.All(known => known.Id.Value != lane))
                throw ApiException.BadInput($"The network has no lane '{LogWindow.Shortened(lane ?? "")}'.", "Take names from /api/v1/intersections/{id}.");
        }
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The number of a job that has been taken on.</summary>
internal sealed record JobBegun(long Job);

/// <summary>A question and how far it has come.</summary>
/// <param name="Strategy">The other strategy; null for the recorded one.</param>
/// <param name="From">Street second; null for the begin of the log.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Result">The form trafficai.what-if.v1 of docs/json.md, once it is done; else null.</param>
/// <param name="Error">Why it failed; else null.</param>
internal sealed record JobTold(long Id, string By, string? Strategy, long? From, StreetDifference? Change, JobState State, double Progress, JsonElement? Result, string? Error);
