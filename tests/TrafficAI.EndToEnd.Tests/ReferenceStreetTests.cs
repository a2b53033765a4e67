using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A SUMO street whose signals the reference controller in C drives, under our actors: the lamps are those of the same street under the
/// virtual controller. <c>./test</c> builds the controller. Environment: TRAFFICAI_REFERENCE_STREET names another scenario with one intersection,
/// to be run to its end.</summary>
public sealed class ReferenceStreetTests : IDisposable
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("TRAFFICAI_REFERENCE_STREET");
    private static readonly DecisionOptions Options = new("adaptive", 0);
    private readonly Checkout files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task The_lamps_are_those_of_the_virtual_controller_in_every_second()
    {
        Assert.SkipUnless(File.Exists(ReferenceDevice.Program), "The reference controller is not built: run ./test.");
        var scenario = ScenarioFile.Read(Asked ?? Checkout.FourArm);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, ControlClass.RPlus, scenario.ReadSignals());
        var end = Asked is null ? scenario.Begin + 300 : scenario.End;
        var ours = await RunAsync(scenario, site, end, new VirtualDevice(site.Signals[0], scenario.Begin));
        using var reference = new ReferenceDevice(site.Models[0], scenario.Begin, files.File("configuration.bin"));
        var theirs = await RunAsync(scenario, site, end, reference);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ours.Seconds} seconds, {ours.Changes} changes of lamps; mean delay {ours.Delay:0.00} s under the virtual controller, {theirs.Delay:0.00} s under the reference"));
        Assert.Equal(end - scenario.Begin, ours.Seconds);
        Assert.True(ours.Changes > 20, $"{ours.Changes} changes");
        Assert.Equal(ours, theirs);
    }

    private async Task<Shown> RunAsync(ScenarioFile scenario, Site site, long end, IDevice device)
    {
        await using var log = new MemoryEventLog();
        await using var bus = new InprocBus();
        var plan = default(PhasePlan);
        using var hears = bus.SubscribePlans(heard => plan = heard);
        var actor = new IntersectionActor(site.Models[0], Options, log, bus);
        var trips = files.File($"{device.GetType().Name}.xml");
        var lamps = ImmutableArray.CreateBuilder<string>();
        using (var engine = new SumoEngine(new SumoOptions(scenario, site.Network, Sensing.Full, 1, scenario.Begin, end, trips)))
        {
            await using var host = new ActorHost([actor], bus, 1);
            while (!engine.Finished)
            {
                await bus.PublishFrameAsync(device.Frame(engine.Sense(0)), Cancel);
                await host.SettledAsync();
                if (plan is { } wish) Assert.True(device.Take(wish));
                plan = null;
                device.Step();
                var shown = device.State;
                engine.Show(0, Letters(site.Signals[0], shown));
                lamps.Add(LampLetters.Of(shown.Lamps));
                engine.Step();
            }
        }

        Assert.Empty(actor.Fold.Alarms.All);
        return new(string.Join('\n', lamps), lamps.Count, TripFile.ScoreVehicles(trips, scenario, scenario.Begin, end).Score.DelaySeconds);
    }

    // In a start the next phase is the phase itself.
    internal static string Letters(IntersectionSignals signals, SignalState shown)
    {
        if (shown.Lamps.Contains(Lamp.Dark) || shown.Next == shown.Phase) return ByGroup(signals, shown.Lamps);
        return shown.Next is { } next ? signals.Interphase(shown.Phase, next).Seconds[shown.Elapsed - 1].Letters : signals.Phase(shown.Phase).Letters;
    }

    private static string ByGroup(IntersectionSignals signals, ImmutableArray<Lamp> lamps)
    {
        var letters = new char[signals.Groups.Sum(group => group.Links.Length)];
        foreach (var group in signals.Groups)
            foreach (var link in group.Links) letters[link] = "OruGGyo"[(int)lamps[group.Index]];
        return new(letters);
    }

    private sealed record Shown(string Lamps, int Seconds, double Delay)
    {
        public int Changes => Lamps.Split('\n') is var all ? all.Zip(all.Skip(1)).Count(pair => pair.First != pair.Second) : 0;
    }
}
