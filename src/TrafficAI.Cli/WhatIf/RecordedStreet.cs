using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Optimisation.Reconstruction;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.WhatIf;

/// <summary>Reads from a log who came and left at every intersection.</summary>
internal static class RecordedStreet
{
    /// <param name="from">Street second from which on the figures are counted.</param>
    public static async Task<ImmutableArray<RecordedTraffic>> ReadAsync(IEventLog log, Site site, long from, int seed, CancellationToken stop)
    {
        var recorded = ImmutableArray.CreateBuilder<RecordedTraffic>(site.Models.Length);
        foreach (var model in site.Models)
        {
            var counter = new VisitCounter(model, site.Network, from, (ulong)seed);
            await foreach (var (input, _) in RecordedInputs.ReadAsync(new(log, StreamNames.Inputs(model.Signals.Id)), model.Signals.Id, -1, stop))
            {
                if (input is IntersectionInput.FrameCame came) counter.Add(came.Frame);
            }

            recorded.Add(counter.Traffic());
        }

        return recorded.MoveToImmutable();
    }
}
