using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli;

/// <summary>What <c>kpi</c> measures of a run, for the whole site.</summary>
public static class RunMeasures
{
    /// <returns>The computable measures by their ids.</returns>
    public static async Task<ImmutableSortedDictionary<string, double>> ReadAsync(IEventLog log, Site site, long begin, long end, CancellationToken stop)
    {
        var measures = new LogMeasures(site, new(begin, end, (int)(end - begin)));
        await measures.ReadAsync(log, stop);
        return measures.Measure(begin, end).Values.Where(v => v.Value is not null).ToImmutableSortedDictionary(v => v.Id, v => v.Value!.Value, StringComparer.Ordinal);
    }
}
