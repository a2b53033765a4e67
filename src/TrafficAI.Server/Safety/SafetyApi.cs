using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Safety;

/// <summary>Changes of safety data: one engineer proposes, another approves, and the file that results is for the next start of the server. Nothing here reaches a controller.</summary>
internal sealed class SafetyApi(ServedLog served, LogWindow window, ControlLog control) : IDisposable
{
    private const string Proposed = "safety-change";
    private const string Approved = "safety-approval";

    private readonly SemaphoreSlim turn = new(1, 1);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/safety-changes", (CancellationToken stop) => AllAsync(stop)).WithSummary("Proposed changes of safety data, the oldest first").For(Role.Viewer);
        api.MapPost("/safety-changes", ProposeAsync).WithSummary("Propose a change; it is checked against the site").Produces<SafetyProposal>(201).For(Role.Engineer);
        api.MapPost("/safety-changes/{id}/approve", ApproveAsync).WithSummary("Approve the change of another engineer").Produces<SafetyProposal>().For(Role.Engineer);
        api.MapGet("/safety-changes/signals.json", FileAsync).WithSummary("signals.json with all approved changes").Produces<Dictionary<string, JsonElement>>().For(Role.Engineer);
    }

    public void Dispose() => turn.Dispose();

    private async Task<IResult> ProposeAsync(HttpContext context, SafetyChange change, CancellationToken stop)
    {
        var session = Gatekeeper.Passed(context);
        Check(change, session);
        await turn.WaitAsync(stop);
        try
        {
            var known = await AllAsync(stop);
            Try([.. known.Where(p => p.IsApproved).Select(p => p.Change), change]);
            var id = string.Create(CultureInfo.InvariantCulture, $"{known.Count + 1}");
            await control.RecordAsync(session.User, session.Role, Proposed, id, isDone: true, change.Reason, JsonSerializer.Serialize(change, Json.Options));
            return Results.Json((await AllAsync(stop)).First(p => p.Id == id), Json.Options, statusCode: 201);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IResult> ApproveAsync(HttpContext context, string id, CancellationToken stop)
    {
        var session = Gatekeeper.Passed(context);
        await turn.WaitAsync(stop);
        try
        {
            var known = await AllAsync(stop);
            var proposal = known.FirstOrDefault(p => p.Id == id) ?? throw ApiException.NotFound($"There is no change '{LogWindow.Shortened(id)}'.", "See /api/v1/safety-changes.");
            CheckArea(proposal.Change.Intersection, session);
            if (proposal.IsApproved) throw new ApiException(409, "It is approved already", $"{proposal.ApprovedBy} has approved it.", "Nothing is left to do.");
            if (proposal.ProposedBy == session.User)
            {
                await control.RecordAsync(session.User, session.Role, Approved, id, isDone: false, "four eyes: it is one's own");
                throw ApiException.Forbidden("Safety data takes four eyes: nobody approves a change of their own.", "Ask another engineer.");
            }

            Try([.. known.Where(p => p.IsApproved).Select(p => p.Change), proposal.Change]);
            await control.RecordAsync(session.User, session.Role, Approved, id, isDone: true, "");
            return Results.Json((await AllAsync(stop)).First(p => p.Id == id), Json.Options);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IResult> FileAsync(CancellationToken stop) =>
        Results.Bytes(ChangedSignals.With(served, (await AllAsync(stop)).Where(p => p.IsApproved).Select(p => p.Change)), "application/json", SignalsFile.FileName);

    private async Task<List<SafetyProposal>> AllAsync(CancellationToken stop)
    {
        var found = new List<SafetyProposal>();
        var used = await control.ReadAsync(stop);
        used.Reverse();
        foreach (var one in used.Where(one => one.Outcome == ControlLog.Done))
        {
            if (one is { Act: Proposed, Body: { } body }) found.Add(new(one.Target, JsonSerializer.Deserialize<SafetyChange>(body, Json.Options)!, one.User, one.Wall, null, null));
            else if (one.Act == Approved && found.FindIndex(p => p.Id == one.Target) is >= 0 and var at) found[at] = found[at] with { ApprovedBy = one.User, ApprovedAt = one.Wall };
        }

        return found;
    }

    private void Check(SafetyChange change, Session session)
    {
        var signals = served.Site.Signals[window.Intersection(change.Intersection)];
        CheckArea(change.Intersection, session);
        Reasons.Check(change.Reason);
        var groups = (change.Group, change.To, change.What) switch
        {
            (null, null, "maximumRed") => Array.Empty<int>(),
            ({ } group, null, "minimumGreen" or "crossingWidth") => [group],
            ({ } group, { } to, "intergreen") => [group, to],
            _ => throw ApiException.BadInput(
                "what, group and to do not fit together.", "Choose minimumGreen or crossingWidth with group, intergreen with group and to, or maximumRed with neither."),
        };
        foreach (var group in groups) LogWindow.InRange("group", group, 0, signals.Groups.Length - 1);
    }

    private static void CheckArea(string intersection, Session session)
    {
        if (!session.Covers(intersection)) throw ApiException.Forbidden($"'{intersection}' is outside the area of {session.User}.", "Ask somebody whose area it is.");
    }

    private void Try(SafetyChange[] changes)
    {
        try
        {
            ChangedSignals.With(served, changes);
        }
        catch (SignalsException e)
        {
            throw ApiException.BadInput(e.Message.ReplaceLineEndings(" "), "Mend the value: safety data can only be raised.");
        }
    }
}
