using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Coordination;

/// <summary>Reads the arrivals along a corridor from the recorded frames of a run with full sensing.</summary>
public static class ArrivalReader
{
    public static async Task<CorridorArrivals> ReadAsync(IEventLog log, RoadNetwork network, CorridorModel corridor, CancellationToken stop)
    {
        var outbound = ImmutableArray.CreateBuilder<StopLineArrivals>(corridor.Length);
        var inbound = ImmutableArray.CreateBuilder<StopLineArrivals>(corridor.Length);
        for (var i = 0; i < corridor.Length; i++)
        {
            var intersection = network.Intersections[corridor.Choice.Intersections[i]];
            var counter = new ArrivalCounter(
                network, intersection, corridor.Outbound[i].StopLanes, corridor.IsOneWay ? [] : corridor.InboundAt(i).StopLanes, corridor.Problem.CycleSeconds);
            var inputs = new LogStream(log, StreamNames.Inputs(intersection.Id));
            await foreach (var (input, _) in RecordedInputs.ReadAsync(inputs, intersection.Id, -1, stop))
                if (input is IntersectionInput.FrameCame came) counter.Add(came.Frame);
            outbound.Add(counter.Outbound);
            inbound.Add(counter.Inbound);
        }

        return new(outbound.MoveToImmutable(), inbound.MoveToImmutable());
    }

    /// <summary>Vehicles counted on a recorded day per direction, all junctions together.</summary>
    /// <exception cref="InputException">The log is of another network, or of loops only.</exception>
    public static async Task<(long Outbound, long Inbound)> CountAsync(string uri, CorridorModel corridor, CancellationToken stop)
    {
        await using var log = await Adapters.OpenLogAsync(uri, EventLogMode.OpenExisting, stop);
        var record = await SiteRecord.ReadAsync(log, stop);
        if (record.Header.Sensing != Sensing.Full) throw new InputException($"--log {Adapters.Shown(uri)}: it was recorded with loops, which do not tell who drives on. Record one with --sensing full.");
        var network = record.Build().Network;
        for (var i = 0; i < corridor.Length; i++)
        {
            var at = corridor.Choice.Intersections[i];
            if (at >= network.Intersections.Length || network.Intersections[at].Id != corridor.Signals[i].Id)
                throw new InputException($"--log {Adapters.Shown(uri)}: it was recorded on another network. Give a log of this scenario.");
        }

        var arrivals = await ReadAsync(log, network, corridor, stop);
        return (arrivals.Outbound.Sum(at => (long)at.PerSecond.Sum()), arrivals.Inbound.Sum(at => (long)at.PerSecond.Sum()));
    }
}
