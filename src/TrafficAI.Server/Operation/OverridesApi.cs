using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Operation;

/// <summary>What an operator orders.</summary>
/// <param name="Act">hold, plan or flash.</param>
/// <param name="Phase">With hold: the phase, such as F2; else null.</param>
/// <param name="Minutes">1 to 120.</param>
internal sealed record OverrideAsk(
    [property: JsonRequired] string Intersection, [property: JsonRequired] string Act, string? Phase, [property: JsonRequired] string Reason, [property: JsonRequired] int Minutes);

/// <summary>Why an override is taken back.</summary>
internal sealed record ReleaseAsk([property: JsonRequired] string Reason);

/// <summary>An override that stands.</summary>
/// <param name="Until">Street second at which it ends.</param>
internal sealed record StandingOverride(string Intersection, string Act, string? Phase, string Reason, long? Until, string By);

/// <summary>Overrides: each is recorded before it is handed on, and told as done only when the log says that it counts.</summary>
/// <param name="door">Hands orders on; null where the log is only shown.</param>
internal sealed class OverridesApi(OrderDoor? door, LiveModel live, LogWindow window, ControlLog control)
{
    private const int MostMinutes = OperatorDesk.LongestSeconds / 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/overrides", All).WithSummary("The overrides that stand").For(Role.Viewer);
        api.MapPost("/overrides", OrderAsync).WithSummary("Depart from what is recommended, with a reason and an end").Produces<StandingOverride>(201).For(Role.Operator);
        api.MapDelete("/overrides/{intersection}", ReleaseAsync).WithSummary("Take an override back, with a reason").Produces(204).For(Role.Operator);
    }

    private List<StandingOverride> All() => live.Ask(view =>
        view.Views.Where(one => one.Now?.Override is not null).Select(one => Told(one.Model.Signals.Id.Value, one.Now!.Override!)).ToList());

    private async Task<IResult> OrderAsync(HttpContext context, OverrideAsk ask, CancellationToken stop)
    {
        var (index, session) = (window.Intersection(ask.Intersection), Gatekeeper.Passed(context));
        Reasons.Check(ask.Reason);
        LogWindow.InRange("minutes", ask.Minutes, 1, MostMinutes);
        var (act, phase) = Parse(ask, live.Served.Site.Signals[index]);
        await CheckAreaAsync(session, "override", ask.Intersection, ask.Reason);
        var send = Door();
        var second = live.Ask(view => view.Views[index].Second) ?? window.Begin;
        await control.RecordAsync(session.User, session.Role, "override", ask.Intersection, isDone: true, ask.Reason, JsonSerializer.Serialize(ask, Json.Options));
        var order = new OperatorOrder(act, phase, second + ask.Minutes * 60L, session.User, ask.Reason.Trim());
        send(new(ask.Intersection), order);
        var counts = await live.UntilAsync(view => view.Views[index].Now?.Override is { } now && now.By == order.By && now.Until == order.Until, Patience, stop);
        return counts
            ? Results.Json(Told(ask.Intersection, live.Ask(view => view.Views[index].Now!.Override!)), Json.Options, statusCode: 201)
            : throw NotConfirmed();
    }

    private async Task<IResult> ReleaseAsync(HttpContext context, string intersection, [Microsoft.AspNetCore.Mvc.FromBody] ReleaseAsk ask, CancellationToken stop)
    {
        var (index, session) = (window.Intersection(intersection), Gatekeeper.Passed(context));
        Reasons.Check(ask.Reason);
        await CheckAreaAsync(session, "override-end", intersection, ask.Reason);
        var standing = live.Ask(view => view.Views[index].Now?.Override) ?? throw ApiException.NotFound("No override stands there.", "See /api/v1/overrides.");
        var send = Door();
        await control.RecordAsync(session.User, session.Role, "override-end", intersection, isDone: true, ask.Reason);
        send(new(intersection), new(OperatorAct.Release, null, 0, session.User, ask.Reason.Trim()));
        // At night the order of the timetable takes its place at once.
        return await live.UntilAsync(view => view.Views[index].Now?.Override != standing, Patience, stop) ? Results.NoContent() : throw NotConfirmed();
    }

    private OrderDoor Door() => door ?? throw new ApiException(
        409, "The log is only shown here", "No controller listens to this server.", "Give orders where 'trafficai serve --listen' or 'trafficai demo' runs.");

    private async Task CheckAreaAsync(Session session, string act, string intersection, string reason)
    {
        if (session.Covers(intersection)) return;
        await control.RecordAsync(session.User, session.Role, act, intersection, isDone: false, "outside the area: " + reason);
        throw ApiException.Forbidden($"'{intersection}' is outside the area of {session.User}.", "Ask an operator whose area it is.");
    }

    private static (OperatorAct, PhaseId?) Parse(OverrideAsk ask, IntersectionSignals signals) => (OperatorCodec.ActOf(ask.Act), ask.Phase) switch
    {
        ((OperatorAct.Plan or OperatorAct.Flash) and var act, null) => (act, null),
        (OperatorAct.Hold, var name) => name is not null && PhaseId.TryParse(name, out var phase) && SignalDecider.IsKnown(signals, phase)
            ? (OperatorAct.Hold, phase)
            : throw ApiException.BadInput("hold names no phase of this intersection.", $"Choose one of {string.Join(", ", signals.Phases.Select(one => one.Id))}."),
        _ => throw ApiException.BadInput("act and phase do not fit together.", "Choose hold with a phase, or plan or flash without one."),
    };

    private static ApiException NotConfirmed() => new(
        504, "It is not confirmed", "The order was handed on, but the log does not show that it counts.", "Look at the intersection before you order again: its link may be broken.");

    private static StandingOverride Told(string intersection, OverrideNow now) => new(intersection, now.Act, now.Phase, now.Reason, now.Until, now.By);
}
