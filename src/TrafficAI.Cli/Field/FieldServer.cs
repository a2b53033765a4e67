using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Field;

/// <summary>What a server did.</summary>
/// <param name="DecisionsSha256">One hash over the decisions of all intersections.</param>
public sealed record FieldServerResult(int Intersections, long Decisions, string DecisionsSha256, long Lost, MqttCounts Bus, Percentiles Answers, ImmutableArray<string> Alarms);

/// <summary>The actors of a site behind the field contract, until somebody ends it.</summary>
public static class FieldServer
{
    /// <param name="listening">Called when frames are heard.</param>
    /// <param name="refused">Called with each message that was not taken.</param>
    /// <param name="trouble">Called with why there is no connection.</param>
    /// <param name="stop">Ends it in order: what has come is dealt with, the streams are digested.</param>
    /// <exception cref="FieldBusException">The bus cannot be opened.</exception>
    /// <exception cref="ActorException">An actor has failed.</exception>
    public static async Task<FieldServerResult> RunAsync(
        SiteFile file, MqttAddress address, string logUri, Action<int> listening, Action<string> refused, Action<string> trouble, CancellationToken stop)
    {
        var scenario = ScenarioFile.Read(file.Scenario);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, file.ControlClass, scenario.ReadSignals());
        await using var log = EventLogUri.Open(logUri, EventLogMode.Create, Durability.OnFsync);
        await new SiteRecord(file.Header(scenario), scenario.NetBytes, scenario.SignalsBytes).WriteAsync(log, stop);

        await using var bus = await MqttBus.OpenAsync(
            new() { Address = address, Controllers = ControllerKeys.Read(file.Keys, site), Serves = true, Trouble = trouble }, stop);
        bus.Refused += (topic, refusal) => refused($"{topic}: {refusal.Text}");
        var newest = scenario.Begin - 1;
        var actors = site.Models.Select(model => new IntersectionActor(model, file.Options, log, bus)).ToImmutableArray();
        await using var host = new ActorHost(actors, bus, file.Threads);
        using var watch = bus.SubscribeFrames(frame => InterlockedMax(ref newest, frame.Second));
        listening(site.Models.Length);
        await UntilStoppedAsync(host, stop);

        watch.Dispose();
        await host.EndAsync(Volatile.Read(ref newest) + 1);
        await RunEnded.WriteAsync(log, Volatile.Read(ref newest) + 1, actors.SelectMany(a => a.Ends), CancellationToken.None);
        var folds = actors.Select(a => a.Fold).ToList();
        return new(
            folds.Count, folds.Sum(f => f.Digest.Decisions), DecisionDigest.Of(folds.Select(f => f.Digest)), host.Lost, bus.Counts, bus.AnswerTimes,
            [.. actors.SelectMany(a => a.Fold.Alarms.All.Select(violation => StreetCounts.Alarm(a.Id, violation)))]);
    }

    /// <summary>Looks once a second whether an actor has failed.</summary>
    private static async Task UntilStoppedAsync(ActorHost host, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await host.SettledAsync();
        }
    }

    private static void InterlockedMax(ref long newest, long second)
    {
        for (var known = Volatile.Read(ref newest); second > known; known = Volatile.Read(ref newest))
            if (Interlocked.CompareExchange(ref newest, second, known) == known) return;
    }
}
