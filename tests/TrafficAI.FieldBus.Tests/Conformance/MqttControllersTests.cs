using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using TrafficAI.FieldBus.Conformance;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Conformance;

/// <summary>The virtual controllers behind a real broker.</summary>
public sealed class MqttControllersTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromMilliseconds(20);

    private readonly Broker broker = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trafficai-controllers");
    private readonly RoadNetwork network = NetworkReader.Read(File.ReadAllBytes(Double.NetworkFile), Double.NetworkFile);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IntersectionSignals Signals => Double.SignalsOf(network);

    public void Dispose()
    {
        broker.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task They_pass_the_kit()
    {
        using var relay = new Relay(0, "127.0.0.1", broker.Port);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var street = StreetAsync(relay.Port, ended.Token);
        var settings = Settings();
        ConformanceReport report;
        await using (var bench = await MqttBench.OpenAsync(Address(broker.Port), MosquittoLibrary.Client, settings, relay, ImmutableDictionary<Hand, string>.Empty, Cancel))
            report = await ConformanceKit.RunAsync(bench, settings, progress: null, Cancel);
        await ended.CancelAsync();
        await street;

        // A machine that others use may not keep fifty seconds a second; the rule has its mutant.
        var failed = report.Findings.Where(f => f.Verdict == Verdict.Fail && f.Rule.Id != "C-FRAME-03").Select(f => $"{f.Rule.Id}: {f.Reason}").ToList();
        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.True(report.Count(Verdict.Pass) > 100, $"{report.Count(Verdict.Pass)} rules passed");
    }

    [Fact]
    public async Task Each_says_goodbye_and_the_broker_has_it()
    {
        var presences = new List<(string Topic, Wire.Presence.Types.State State)>();
        using var listener = MosquittoLibrary.Client(new()
        {
            Address = Address(broker.Port), Subscriptions = [("tai/v1/almaty/+/up/presence", 1)],
            Received = (topic, payload, _, _) =>
            {
                lock (presences) presences.Add((topic, Wire.Presence.Parser.ParseFrom(payload).State));
            },
        });
        listener.Start();
        await listener.ReadyAsync(Cancel);
        var bus = Open(broker.Port, ["one", "two", "three"], "epochs");
        foreach (var id in (string[])["one", "two", "three"]) bus.Gate(new(Signals with { Id = new(id) }, 0));
        await bus.ReadyAsync(Cancel);
        await bus.DisposeAsync();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(10);)
        {
            lock (presences)
                if (presences.Count == 6) break;
            await Task.Delay(Second, Cancel);
        }

        lock (presences)
        {
            foreach (var controller in presences.GroupBy(presence => presence.Topic))
                Assert.Equal([Wire.Presence.Types.State.Online, Wire.Presence.Types.State.Shutdown], controller.Select(presence => presence.State));
            Assert.Equal(6, presences.Count);
        }
    }

    [Fact]
    public void An_epoch_file_is_read_as_it_was_kept()
    {
        var file = Path.Combine(folder.FullName, "epochs");
        var kept = new EpochFile(file);
        Assert.True(kept.Of(new("Абая/Достык")).TryKeep(7));
        Assert.True(kept.Of(new("b")).TryKeep(9));
        Assert.True(kept.Of(new("b")).TryKeep(11));
        var again = new EpochFile(file);
        Assert.Equal((7UL, 11UL, 0UL), (again.Of(new("Абая/Достык")).Highest, again.Of(new("b")).Highest, again.Of(new("c")).Highest));
        File.AppendAllText(file, "c eleven\n");
        Assert.StartsWith($"{file}:3: ", Assert.Throws<FieldBusException>(() => new EpochFile(file)).Message, StringComparison.Ordinal);
        Assert.False(new EpochFile(Path.Combine(folder.FullName, "no", "such")).Of(new("b")).TryKeep(1));
    }

    /// <summary>Seconds of one controller until it is ended.</summary>
    private async Task StreetAsync(int port, CancellationToken stop)
    {
        var controller = VirtualController.ColdStart(Signals, 4000);
        await using var bus = Open(port, [Signals.Id.Value], "epochs");
        var gate = bus.Gate(controller);
        var plans = new System.Collections.Concurrent.ConcurrentQueue<PhasePlan>();
        using var hears = bus.SubscribePlans(plans.Enqueue);
        var clock = Stopwatch.StartNew();
        for (var second = 1; !stop.IsCancellationRequested; second++)
        {
            while (plans.TryDequeue(out var plan)) gate.Take(plan);
            gate.BeforeSecond();
            controller.Step();
            await bus.PublishFrameAsync(
                new(Signals.Id, controller.Second + 1, controller.Mode, controller.State, DetectorReadings.Nothing(Sensing.Loops, network.Intersections[0].Detectors.Length), controller.Violation),
                CancellationToken.None);
            if (second * Second - clock.Elapsed is var left && left > TimeSpan.Zero) await Task.Delay(left, CancellationToken.None);
        }
    }

    private ConformanceSettings Settings() => new()
    {
        City = "almaty", Intersection = Signals.Id, Key = Vector.Key, Second = Second, OutageSeconds = 100,
        Configuration = ConfigurationWriter.Write(Signals, network.Intersections[0].Detectors),
    };

    private MqttControllers Open(int port, string[] ids, string epochs)
    {
        var file = new EpochFile(Path.Combine(folder.FullName, epochs));
        return MqttControllers.Open(new()
        {
            Address = Address(port), FirstPause = TimeSpan.FromMilliseconds(100),
            Controllers = ids.ToImmutableDictionary(
                id => new IntersectionId(id),
                id => new RoadsideController(Vector.Key, ConfigurationWriter.Write(Signals with { Id = new(id) }, network.Intersections[0].Detectors), file.Of(new(id)))),
        });
    }

    private static MqttAddress Address(int port) => MqttAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{port}/almaty"));
}
