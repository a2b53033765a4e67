using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;
using TrafficAI.Server.Telemetry;

namespace TrafficAI.Server.Api;

/// <summary>Whether links, detectors, log and server are well; and who did what.</summary>
internal static class HealthApi
{
    public static void Map(RouteGroupBuilder api, LiveModel live, ServerMeter meter, ControlLog control)
    {
        api.MapGet("/health", () => Health(live, meter)).WithSummary("Links, detectors, log and load").For(Role.Viewer);
        api.MapGet("/audit", (int? limit, CancellationToken stop) => AuditAsync(control, LogWindow.InRange("limit", limit ?? 200, 1, 5_000), stop))
            .WithSummary("Who used which control, the newest first").For(Role.Administrator);
    }

    private static object Health(LiveModel live, ServerMeter meter) => live.Ask(view =>
    {
        var all = view.Views.Select(one => (Id: one.Model.Signals.Id.Value, View: one)).ToList();
        var online = all.Count(one => one.View.Now is { Connected: true });
        return (object)new
        {
            Connected = online > 0,
            Total = all.Count,
            Online = online,
            Outages = all.Where(one => one.View.Now is not { Connected: true }).Select(one => new { Intersection = one.Id, Since = one.View.BrokenSince ?? one.View.Known }),
            Detectors = all.SelectMany(one => one.View.Doubted.Values.OrderBy(d => d.Detector, StringComparer.Ordinal)
                .Select(d => new { Intersection = one.Id, Id = d.Detector, Health = d.Condition, Since = d.Second, d.Reason })),
            Alarms = all.Where(one => one.View.Now?.Alarm is not null).Select(one => new { Intersection = one.Id, Kind = "violation", Text = one.View.Now!.Alarm }),
            Log = new { Uri = live.Served.Name, view.Events, view.Unreadable, Sealed = view.IsSealed, view.EndedAt },
            Load = new
            {
                CpuSeconds = Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 1),
                MemoryBytes = Environment.WorkingSet,
                meter.Viewers,
                UpSeconds = Math.Round((DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds),
            },
        };
    });

    private static async Task<IEnumerable<object>> AuditAsync(ControlLog control, int limit, CancellationToken stop) =>
        (await control.ReadAsync(stop)).Take(limit).Select(used => new
        {
            used.Wall,
            used.Second,
            used.User,
            used.Role,
            used.Act,
            used.Target,
            used.Outcome,
            used.Detail,
        });
}
