using System.Collections.Immutable;
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

    private static HealthTold Health(LiveModel live, ServerMeter meter) => live.Ask(view =>
    {
        var all = view.Views.Select(one => (Id: one.Model.Signals.Id.Value, View: one)).ToList();
        var online = all.Count(one => one.View.Now is { Connected: true });
        return new HealthTold(
            online > 0, all.Count, online,
            [.. all.Where(one => one.View.Now is not { Connected: true }).Select(one => new OutageTold(one.Id, one.View.BrokenSince ?? one.View.Known))],
            [.. all.SelectMany(one => one.View.Doubted.Values.OrderBy(d => d.Detector, StringComparer.Ordinal).Select(d => new DoubtTold(one.Id, d.Detector, d.Condition, d.Second, d.Reason)))],
            [.. all.Where(one => one.View.Now?.Alarm is not null).Select(one => new StandingAlarm(one.Id, "violation", one.View.Now!.Alarm!))],
            new(live.Served.Name, view.Events, view.Unreadable, view.IsSealed, view.EndedAt),
            new(
                Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 1), Environment.WorkingSet, meter.Viewers,
                Math.Round((DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds)));
    });

    private static async Task<List<UseTold>> AuditAsync(ControlLog control, int limit, CancellationToken stop) =>
        [.. (await control.ReadAsync(stop)).Take(limit).Select(used => new UseTold(used.Wall, used.Second, used.User, used.Role, used.Act, used.Target, used.Outcome, used.Detail))];
}

/// <summary>Whether links, detectors, log and server are well.</summary>
/// <param name="Connected">Whether anything is.</param>
/// <param name="Total">Intersections.</param>
/// <param name="Online">Those whose frames come.</param>
internal sealed record HealthTold(
    bool Connected, int Total, int Online, ImmutableArray<OutageTold> Outages, ImmutableArray<DoubtTold> Detectors, ImmutableArray<StandingAlarm> Alarms, LogTold Log, LoadTold Load);

/// <summary>A link that is broken.</summary>
/// <param name="Since">Street second; null where no frame ever came.</param>
internal sealed record OutageTold(string Intersection, long? Since);

/// <summary>A detector that is not believed.</summary>
/// <param name="Health">silent, stuck, chattering or impossible.</param>
/// <param name="Since">Street second.</param>
internal sealed record DoubtTold(string Intersection, string Id, string Health, long Since, string Reason);

/// <summary>A violation that no person has released yet.</summary>
internal sealed record StandingAlarm(string Intersection, string Kind, string Text);

/// <summary>The log that is shown.</summary>
/// <param name="Unreadable">Events that could not be read.</param>
/// <param name="Sealed">Whether the run has ended, with a digest over its end.</param>
/// <param name="EndedAt">The street second after the last; null while the run goes on.</param>
internal sealed record LogTold(string Uri, long Events, long Unreadable, bool Sealed, long? EndedAt);

/// <summary>What the server costs.</summary>
/// <param name="Viewers">Open live streams.</param>
internal sealed record LoadTold(double CpuSeconds, long MemoryBytes, long Viewers, double UpSeconds);

/// <summary>A use of a control.</summary>
/// <param name="Wall">ISO 8601 in UTC.</param>
/// <param name="Second">The newest street second then; null before the first.</param>
/// <param name="Outcome">done or refused.</param>
internal sealed record UseTold(string Wall, long? Second, string User, string Role, string Act, string Target, string Outcome, string Detail);
