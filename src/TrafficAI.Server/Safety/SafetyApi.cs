using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Runtime.Events;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Safety;

/// <summary>Changes of safety data: one engineer proposes, another approves, and the file that results is for the next start of the server. Nothing here reaches a controller.</summary>
internal sealed class SafetyApi(ServedLog served, LogWindow window, ControlLog control) : IDisposable
{
    private const string Proposed = "safety-proposed";
    private const string Approved = "safety-approved";

    private const int LongestText = 200;

    private readonly SemaphoreSlim turn = new(1, 1);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/safety-changes", (CancellationToken stop) => AllAsync(stop)).WithSummary("Proposed changes of safety data, the oldest first").For(Role.Viewer);
        api.MapPost("/safety-changes", ProposeAsync).WithSummary("Propose a change; it is checked against the site").Produces<SafetyProposal>(201).For(Role.Engineer);
        api.MapPost("/safety-changes/{id}/approve", ApproveAsync).WithSummary("Approve the change of another engineer").For(Role.Engineer);
        api.MapGet("/safety-changes/signals.json", FileAsync).WithSummary("signals.json with all approved changes").For(Role.Engineer);
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
            Try([.. known.Where(p => p.IsApproved).Select(p => p.Asked), change]);
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
            CheckArea(proposal.Intersection, session);
            if (proposal.IsApproved) throw new ApiException(409, "It is approved already", $"{proposal.ApprovedBy} has approved it.", "Nothing is left to do.");
            if (proposal.ProposedBy == session.User)
            {
                await control.RecordAsync(session.User, session.Role, Approved, id, isDone: false, "four eyes: it is one's own");
                throw ApiException.Forbidden("Safety data takes four eyes: nobody approves a change of their own.", "Ask another engineer.");
            }

            Try([.. known.Where(p => p.IsApproved).Select(p => p.Asked), proposal.Asked]);
            await control.RecordAsync(session.User, session.Role, Approved, id, isDone: true, "");
            return Results.Json((await AllAsync(stop)).First(p => p.Id == id), Json.Options);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IResult> FileAsync(CancellationToken stop) =>
        Results.Bytes(ChangedSignals.With(served, (await AllAsync(stop)).Where(p => p.IsApproved).Select(p => p.Asked)), "application/json", SignalsFile.FileName);

    private async Task<List<SafetyProposal>> AllAsync(CancellationToken stop)
    {
        var found = new List<SafetyProposal>();
        var used = await control.ReadAsync(stop);
        used.Reverse();
        foreach (var one in used.Where(one => one.Outcome == ControlLog.Done))
        {
            if (one is { Act: Proposed, Body: { } body }) found.Add(Told(one, JsonSerializer.Deserialize<SafetyChange>(body, Json.Options)!));
            else if (one.Act == Approved && found.FindIndex(p => p.Id == one.Target) is >= 0 and var at) found[at] = found[at] with { State = "approved", ApprovedBy = one.User };
        }

        return found;
    }

    private static SafetyProposal Told(ControlUsed used, SafetyChange asked) =>
        new(used.Target, asked.Intersection, asked.Text, asked, asked.Reason, used.User, used.Second, "proposed", null);

    private void Check(SafetyChange change, Session session)
    {
        var signals = served.Site.Signals[window.Intersection(change.Intersection)];
        CheckArea(change.Intersection, session);
        Reasons.Check(change.Reason);
        if (change is { What: null, Change.Length: > 0 and <= LongestText, Group: null, To: null, Value: null } && !change.Change.Any(char.IsControl)) return;
        if (change is not { Change: null, Value: not null }) throw ApiException.BadInput("what and value, or change, must say what is proposed.", $"Give what, value and the groups, or change in 1 to {LongestText} characters.");
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
