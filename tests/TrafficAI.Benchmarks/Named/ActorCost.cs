using System.Diagnostics;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Benchmarks.Named;

/// <summary>Frames that the actors of a scenario deal with in a second of wall time, in lock-step, on channels and on Akka.NET.</summary>
internal static class ActorCost
{
    private const int Seconds = 1_000;
    private const int Threads = 2;
    private const int Rounds = 5;

    public static void Print(string scenario, MailboxHost akka)
    {
        var file = ScenarioFile.Read(scenario);
        var site = Site.Build(file.NetBytes, file.NetFile, ControlClass.RPlus, file.ReadSignals());
        MailboxHost[] hosts = [ChannelMailboxes.Run, akka];
        foreach (var strategy in (string[])["fixed", "adaptive"])
        {
            foreach (var host in hosts) _ = FramesPerSecond(site, strategy, host);
            var rounds = Enumerable.Range(0, Rounds).Select(_ => hosts.Select(host => FramesPerSecond(site, strategy, host)).ToArray()).ToList();
            NamedPackagesCost.Say(
                $"frames/s, {site.Models.Length} actors, {Threads} threads, {strategy}: channels {NamedPackagesCost.Median(rounds.Select(r => r[0])):0}, Akka.NET {NamedPackagesCost.Median(rounds.Select(r => r[1])):0}; Akka.NET over channels {NamedPackagesCost.Median(rounds.Select(r => r[1] / r[0])):0.00}");
        }
    }

    private static double FramesPerSecond(Site site, string strategy, MailboxHost host) => RunAsync(site, strategy, host).GetAwaiter().GetResult();

    private static async Task<double> RunAsync(Site site, string strategy, MailboxHost mailboxes)
    {
        await using var log = new MemoryEventLog();
        await using var bus = new InprocBus();
        var actors = site.Models.Select(model => new IntersectionActor(model, new DecisionOptions(strategy, 0), log, bus)).ToList();
        await using var host = new ActorHost(actors, bus, Threads, host: mailboxes);
        var watch = Stopwatch.StartNew();
        for (var second = 0; second < Seconds; second++)
        {
            foreach (var model in site.Models) await bus.PublishFrameAsync(FrameOf(model, second));
            await host.SettledAsync();
        }

        return Seconds * site.Models.Length / watch.Elapsed.TotalSeconds;
    }

    private static Frame FrameOf(IntersectionModel model, long second) => new(
        model.Signals.Id, second, ControlMode.Local, SignalDecider.Start(model.Signals, second - 1), DetectorReadings.Nothing(Sensing.Full, model.Intersection.Detectors.Length));
}
