using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Cli.Report;
using TrafficAI.Cli.WhatIf;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>Puts one run together: engine, virtual controllers, bus, actors and log in one process.</summary>
public static class Simulator
{
    /// <summary>Runs to the end of the window.</summary>
    /// <param name="progress">Called after every street second.</param>
    /// <param name="read">Called with the whole log at the end.</param>
    /// <param name="began">Called with the actors when the log holds the site, and waited for before the first street second.</param>
    /// <exception cref="EngineException">The street cannot start or go on. What was recorded until then is committed.</exception>
    public static async Task<SimulationRun> RunAsync(
        SimulationSettings settings, Action<IEngine, long, long>? progress, CancellationToken stop, Func<IEventLog, Task>? read = null, Func<ActorHost, Task>? began = null)
    {
        var scenario = ScenarioFile.Read(settings.Scenario, settings.Begin, settings.End, settings.Programs);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, settings.Class, scenario.ReadSignals(), settings.ReadPlans());
        if (site.Models.IsEmpty) throw new InputException($"{scenario.NetFile}: no junction has a light. Give a network with a 'tlLogic'.");

        using var trips = TripFileTarget.For(settings.TripInfo);
        await using var log = new OrderedLog(await Adapters.OpenLogAsync(settings.Log ?? "memory:", EventLogMode.Create, stop));
        await new SiteRecord(Header(settings, scenario), scenario.NetBytes, scenario.SignalsBytes, settings.PlansBytes).WriteAsync(log, stop);
        await log.FlushAsync(stop);

        using var street = SimulatedStreet.Open(settings, scenario, site.Network, trips.Path);
        var meter = settings.Metrics?.MeterOf(
            site, ("site", scenario.Name), ("source", "simulate"), ("strategy", settings.Strategy), ("seed", settings.Seed.ToString(CultureInfo.InvariantCulture)));
        var (control, intersections) = await DriveAsync(settings, site, street.Engine, log, e => progress?.Invoke(e, scenario.Begin, scenario.End), stop, meter: meter, began: began);
        var scored = TripFile.ScoreVehicles(trips.Path, street.Scenario, scenario.Begin, scenario.End);
        var greens = settings.KeepsCorridor && CorridorFinder.Find(site) is { } corridor
            ? await CorridorGreens.ReadAsync(log, corridor, scenario.Begin, scenario.End, stop)
            : null;
        if (read is not null) await read(log);
        var measures = settings.KeepsMeasures ? await RunMeasures.ReadAsync(log, site, scenario.Begin, scenario.End, stop) : null;
        return new SimulationRun(RunSummary.Of(settings, street, scored, control, intersections) with { Measures = measures }, scored.Vehicles, greens);
    }

    /// <summary>Drives an engine with actors of the settings' strategy to its end, and records it.</summary>
    /// <param name="branch">Where the run parts from another; null for nowhere.</param>
    internal static async Task<(ControlFigures Control, ImmutableArray<IntersectionFigures> Intersections)> DriveAsync(
        SimulationSettings settings, Site site, IEngine engine, OrderedLog log, Action<IEngine> progress, CancellationToken stop,
        BranchPoint? branch = null, SiteMeter? meter = null, Func<ActorHost, Task>? began = null)
    {
        var goesOn = branch is { IsKept: true };
        await using var bus = new InprocBus();
        var options = Options(settings);
        var actors = site.Models.Select(model => new IntersectionActor(model, options, log, bus, meter: meter)).ToImmutableArray();
        if (goesOn) await branch!.TellAsync(log, actors, stop);
        await using var host = new ActorHost(actors, bus, settings.Threads, host: settings.Host);
        using var street = new LockstepStreet(
            engine, site.Network, site.Signals, bus, FaultSpec.Parse(settings.Faults), settings.Seed,
            controller => new OpenGate(controller, (id, request) => host.Tell(id, new IntersectionInput.PriorityAsked(engine.Second - 1, request)), bus))
        {
            BusPriority = settings.BusPriority,
        };
        if (goesOn) branch!.GoOn(street);
        if (began is not null) await began(host);
        await street.RunAsync(host, log, e => Pass(e, street), stop);
        await host.EndAsync(engine.Second);
        await RunEnded.WriteAsync(log, engine.Second, actors.SelectMany(a => a.Ends), stop);
        await log.FlushAsync(stop);
        var counts = street.Counts;
        var folds = actors.Select(a => a.Fold).ToList();
        var control = new ControlFigures(
            folds.Count, folds.Sum(f => f.Digest.Decisions), counts.PhaseChanges, counts.PlansAccepted, counts.PlansRefused,
            host.Lost, folds.Sum(f => f.Missed), folds.Sum(f => f.Late), folds.Sum(f => f.Refused) + host.Repeated, counts.LocalSeconds, counts.FaultSeconds,
            [.. counts.Alarms.Union(AlarmsOf(actors))], DecisionDigest.Of(folds.Select(f => f.Digest)));
        return (control, [.. actors.Select(a => IntersectionFigures.Of(a.Id, a.Fold.Tally))]);

        void Pass(IEngine now, LockstepStreet street)
        {
            progress(now);
            branch?.Pass(street, now.Second);
        }
    }

    // What a controller saw and what its actor saw of the same violation is the same text.
    private static IEnumerable<string> AlarmsOf(ImmutableArray<IntersectionActor> actors) =>
        actors.SelectMany(actor => actor.Fold.Alarms.All.Select(violation => StreetCounts.Alarm(actor.Id, violation)));

    private static Optimisation.DecisionOptions Options(SimulationSettings settings) => new(
        settings.Strategy, settings.LatencySeconds, BusWeight: settings.BusWeight, Without: settings.Without, LearnedEverySeconds: Optimisation.DecisionOptions.Hourly,
        Metering: settings.Metering);

    private static RunHeader Header(SimulationSettings settings, ScenarioFile scenario)
    {
        var options = Options(settings);
        return new RunHeader(
            RunHeader.ThisBuild, scenario.Name, settings.Engine, settings.Strategy, settings.Class, settings.Sensing, options.LatencySeconds,
            options.LeaseSeconds, options.Epoch, settings.Seed, settings.Scale, settings.Faults, scenario.Begin, scenario.End, Path.GetFileName(scenario.NetFile))
            .Recording(options);
    }
}
