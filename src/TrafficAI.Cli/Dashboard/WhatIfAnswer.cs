using System.Text.Json;
using TrafficAI.Cli.WhatIf;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Server.Jobs;
using TrafficAI.Signals;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Cli.Dashboard;

/// <summary>Works the what-if questions of a dashboard out.</summary>
internal static class WhatIfAnswer
{
    private static readonly int[] Seeds = [1, 2, 3];

    /// <param name="log">URI of the log that is asked about.</param>
    /// <param name="recorded">The strategy that was recorded: asked again where no other is named.</param>
    public static WhatIfRunner From(string log, string recorded) => async (ask, progress, stop) =>
    {
        try
        {
            var change = new StreetChange(ask.Change?.Demand ?? 1, ask.Change?.ClosedLanes ?? []);
            var result = await WhatIfRun.RunAsync(new(log, ask.Strategy ?? recorded, ask.From, [.. Seeds], change), stop, progress);
            return JsonSerializer.SerializeToElement(WhatIfView.ToJson(result), RunSummary.Json);
        }
        catch (Exception e) when (e is InputException or NetworkException or SignalsException or DemandException or EventLogException or RecordException)
        {
            throw new WhatIfException(e.Message);
        }
    };
}
