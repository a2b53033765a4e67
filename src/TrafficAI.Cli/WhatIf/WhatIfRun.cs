using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Optimisation.Reconstruction;
using TrafficAI.Runtime;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Ports;

namespace TrafficAI.Cli.WhatIf;

/// <summary>Reconstructs the demand of a recorded run and drives it again, under the recorded strategy and under another one.</summary>
internal sealed class WhatIfRun(WhatIfOrder order, IEventLog log, SiteRecord record, Site site, Action<double> progress)
{
    private int driven;

    private RunHeader Header => record.Header;

    private long From => order.From ?? Header.Begin;

    /// <param name="progress">Told how far it has come, 0 to 1.</param>
    /// <exception cref="InputException">The log is not of a run on a street, or the change does not fit it.</exception>
    public static async Task<WhatIfResult> RunAsync(WhatIfOrder order, CancellationToken stop, Action<double>? progress = null)
    {
        await using var log = await Adapters.OpenLogAsync(order.Log, EventLogMode.OpenExisting, stop);
        var record = await SiteRecord.ReadAsync(log, stop);
        if (order.From is { } from && (from < record.Header.Begin || from >= record.Header.End))
            throw new InputException($"--from {StreetTime.Format(from)}: the log holds {StreetTime.Format(record.Header.Begin)} to {StreetTime.Format(record.Header.End)}.");
        return await new WhatIfRun(order, log, record, record.Build(), progress ?? (_ => { })).RunAsync(stop);
    }

    private async Task<WhatIfResult> RunAsync(CancellationToken stop)
    {
        var changed = order.Change.ChangesNetwork ? ChangedNetwork.Of(record, order.Change).Build() : site;
        var seeds = ImmutableArray.CreateBuilder<WhatIfSeed>(order.Seeds.Length);
        WhatIfFigures? recorded = null;
        foreach (var seed in order.Seeds)
        {
            var traffic = await RecordedStreet.ReadAsync(log, site, From, seed, stop);
            recorded ??= WhatIfFigures.Of(traffic);
            var trips = TripLinker.Link(site.Network, traffic, Header.Begin);
            var street = Street(site, TripDemand.Of(site.Network, trips, 1, seed), seed);
            var branch = order.Change.IsNone && From > Header.Begin ? new BranchPoint(From, street) : null;
            var again = await DriveAsync(Header.Strategy, site, street, branch, stop);
            var passable = ChangedNetwork.Passable(changed.Network, trips);
            var otherStreet = order.Change.IsNone ? street : Street(changed, TripDemand.Of(changed.Network, passable, order.Change.Demand, seed), seed);
            var other = await DriveAsync(order.Strategy, changed, otherStreet, branch, stop);
            seeds.Add(new(seed, trips.Length, again, other));
        }

        return new(Header.Scenario, Header.Strategy, order.Strategy, From, Header.End, recorded!, seeds.MoveToImmutable());
    }

    private BuiltinOptions Street(Site on, StreetDemand demand, int seed) => new(on.Network, demand, Header.Sensing, seed, Header.Begin, Header.End);

    /// <param name="branch">Where both strategies part; the first one runs from the begin. Null where each has a past of its own.</param>
    private async Task<WhatIfFigures> DriveAsync(string strategy, Site on, BuiltinOptions street, BranchPoint? branch, CancellationToken stop)
    {
        await using var memory = new OrderedLog(EventLogUri.Open("memory:", EventLogMode.Create));
        await (record with { Header = Header with { Strategy = strategy, Engine = SimulatedStreet.Builtin } }).WriteAsync(memory, stop);
        using var engine = new BuiltinEngine(street);
        var isFirst = branch is { IsKept: false };
        await Simulator.DriveAsync(Settings(strategy, street.Seed), on, engine, memory, now => Tell(now.Second), stop, branch);
        driven++;
        if (isFirst) await branch!.KeepInputsAsync(memory, on, stop);
        return WhatIfFigures.Of(await RecordedStreet.ReadAsync(memory, on, From, street.Seed, stop));
    }

    // Each seed drives two streets.
    private void Tell(long second) =>
        progress((driven + (double)(second - Header.Begin) / Math.Max(1, Header.End - Header.Begin)) / (2 * order.Seeds.Length));

    private SimulationSettings Settings(string strategy, int seed) => new()
    {
        Scenario = Header.Scenario,
        Engine = SimulatedStreet.Builtin,
        Strategy = strategy,
        Class = Header.Class,
        Sensing = Header.Sensing,
        LatencySeconds = Header.LatencySeconds,
        Seed = seed,
        BusWeight = Header.Options.BusWeight,
        Without = Header.Options.Without,
        Faults = Header.Faults,
    };
}
