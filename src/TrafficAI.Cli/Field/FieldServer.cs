using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;
using TrafficAI.Server;
using TrafficAI.Server.Reading;

namespace TrafficAI.Cli.Field;

/// <summary>What a server did since it started.</summary>
/// <param name="Epoch">Of its plans.</param>
/// <param name="DecisionsSha256">One hash over the decisions of all intersections since the last digest of each, chained from the first.</param>
public sealed record FieldServerResult(
    int Intersections, long Epoch, long Decisions, string DecisionsSha256, long Missed, long Lost, MqttCounts Bus, Percentiles Answers, ImmutableArray<string> Alarms);

/// <summary>The actors of a site behind the field contract, until somebody ends it.</summary>
public static class FieldServer
{
    /// <param name="order">What to serve, and how.</param>
    /// <param name="say">Called with what people should know at once, a line each.</param>
    /// <param name="stop">Ends it in order: what has come is dealt with, the streams are digested.</param>
    /// <exception cref="FieldBusException">The bus cannot be opened.</exception>
    /// <exception cref="ActorException">An actor has failed.</exception>
    /// <exception cref="OtherLogException">The log is of another site or build.</exception>
    public static async Task<FieldServerResult> RunAsync(ServerOrder order, Action<string> say, CancellationToken stop)
    {
        var (scenario, site, known) = order.Read ?? ServedSite.Read(order.Site);
        var models = order.Part is { } part ? [.. site.Models.Where(model => part.Has(site, model))] : site.Models;
        var ids = models.Select(model => model.Signals.Id).ToImmutableArray();
        var controllers = ids.ToImmutableDictionary(id => id, id => known[id]);
        var started = await StartAsync(order, new(order.Site.Header(scenario), scenario.NetBytes, scenario.SignalsBytes), stop);
        await using var log = await Adapters.OpenLogAsync(order.Log, EventLogMode.Append, stop);
        await using var snapshots = EventLogUri.OpenSnapshots(order.Log);
        await using var sessions = await SessionLog.OpenAsync(log, ids, stop);

        await using var bus = new MqttBus(new()
        {
            Address = order.Bus, Client = order.Client, Controllers = controllers, IsPart = order.Part is not null, Epoch = started.Epoch, LatencySeconds = order.Site.Latency, Trouble = say,
            Known = await SessionLog.KnownAsync(log, ids, stop),
        });
        var sends = new RecordedFirst(bus, log);
        var meter = order.Metrics?.MeterOf(site, ("site", scenario.Name), ("source", "serve"), ("strategy", order.Site.Strategy));
        var actors = models.Select(model => new IntersectionActor(model, order.Site.Options, log, sends, snapshots, started.Epoch, meter)).ToImmutableArray();
        await RecoverAsync(actors, bus, order.Site.Threads, stop);
        await using var host = new ActorHost(actors, bus, order.Site.Threads, new FrameDeadlines(), order.Host, order.Neighbourhood is { } neighbours ? neighbours.Post : null);
        using var hearing = order.Part is { } own ? order.Neighbourhood?.Listen(own.Number, host.Hear) : null;
        host.ResumePlanning();
        Listen(bus, host, sessions, say);
        await bus.ConnectAsync(stop);
        bus.LinkChanged += up => say(up ? "the broker is back" : "the broker has gone; controllers run on their plans, then on their own");
        say(string.Create(CultureInfo.InvariantCulture, $"{ids.Length} intersections at {order.Bus}, epoch {started.Epoch}; end with Ctrl-C"));
        await using var dashboard = await ShowAsync(order, log, host, say, stop);
        await UntilStoppedAsync(host, sessions, log, stop);

        var end = (ids.Max(host.NewestOf) ?? scenario.Begin - 1) + 1;
        await host.EndAsync(end);
        await bus.DisposeAsync();
        await sessions.CompleteAsync();
        await RunEnded.WriteAsync(log, end, [.. actors.SelectMany(a => a.Ends), .. sessions.Ends], CancellationToken.None);
        return Result(actors, started.Epoch, host.Lost + sessions.Lost, bus);
    }

    /// <summary>Records the start. It is on the disk when this ends: no power cut may bring an epoch back that controllers have obeyed.</summary>
    private static async Task<ServerStarted> StartAsync(ServerOrder order, SiteRecord record, CancellationToken stop)
    {
        await using var log = await Adapters.OpenLogAsync(order.Log, EventLogMode.Append, stop, Durability.OnFsync);
        return await ServerStarted.RecordAsync(log, record, order.LowestEpoch, stop);
    }

    /// <returns>Null where no dashboard is asked for.</returns>
    private static async Task<DashboardHost?> ShowAsync(ServerOrder order, IEventLog log, ActorHost actors, Action<string> say, CancellationToken stop)
    {
        if (order.Dashboard is not { } options) return null;
        await log.FlushAsync(stop);
        var host = await DashboardHost.StartAsync(await ServedLog.OpenAsync(log, Adapters.Shown(order.Log), stop), options with { Orders = Take }, _ => Task.FromResult(log), say, stop);
        say($"dashboard at {host.Address}");
        return host;

        void Take(Network.IntersectionId id, Optimisation.Operation.OperatorOrder given) => actors.Tell(id, new IntersectionInput.OperatorActed(actors.NewestOf(id) ?? 0, given));
    }

    private static async Task RecoverAsync(ImmutableArray<IntersectionActor> actors, MqttBus bus, int threads, CancellationToken stop)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop };
        await Parallel.ForEachAsync(actors, options, async (actor, cancel) => await actor.RecoverAsync(cancel));
        foreach (var actor in actors)
        {
            if (actor.LastPlan is { } plan) bus.Recover(plan);
        }
    }

    /// <summary>What the bus tells besides frames goes to the actors, to the log and to people.</summary>
    private static void Listen(MqttBus bus, ActorHost host, SessionLog sessions, Action<string> say)
    {
        bus.Refused += (topic, refusal) => say($"refused: {topic}: {refusal.Text}");
        bus.BacklogCame += (id, frames) => host.Tell(id, new IntersectionInput.BacklogCame(host.NewestOf(id) ?? 0, frames));
        bus.PriorityAsked += (id, request) => host.Tell(id, new IntersectionInput.PriorityAsked(host.NewestOf(id) ?? 0, request));
        bus.HoldChanged += (id, reason) =>
        {
            var second = host.NewestOf(id) ?? 0;
            host.Tell(id, reason is null ? new IntersectionInput.PlanningResumed(second) : new IntersectionInput.PlanningHeld(second, reason));
            say(reason is null ? $"{id}: planned for again" : $"{id}: not planned for: {reason}");
        };
        bus.Noted += (id, note) =>
        {
            sessions.Tell(id, note);
            if (SessionText.Of(note) is { } text) say($"{id}: {text}");
        };
    }

    /// <summary>Looks once a second whether anything has failed, and commits what no plan has.</summary>
    private static async Task UntilStoppedAsync(ActorHost host, SessionLog sessions, IEventLog log, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await host.SettledAsync();
            await sessions.CheckAsync();
            await log.FlushAsync(CancellationToken.None);
        }
    }

    private static FieldServerResult Result(ImmutableArray<IntersectionActor> actors, long epoch, long lost, MqttBus bus)
    {
        var folds = actors.Select(a => a.Fold).ToList();
        return new(
            folds.Count, epoch, folds.Sum(f => f.Digest.Decisions), DecisionDigest.Of(folds.Select(f => f.Digest)), folds.Sum(f => f.Missed), lost, bus.Counts, bus.AnswerTimes,
            [.. actors.SelectMany(a => a.Fold.Alarms.All.Select(violation => StreetCounts.Alarm(a.Id, violation)))]);
    }
}
