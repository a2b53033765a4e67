using System.Collections.Immutable;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Faults;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Field;

/// <summary>What a street behind a bus did.</summary>
/// <param name="Missing">Answers that a lock-step run waited for in vain.</param>
/// <param name="Slowest">Its longest wait for the answers to one second.</param>
public sealed record StreetBehindBusResult(TripScore Score, StreetCounts Counts, MqttCounts Bus, long Missing, TimeSpan Slowest);

/// <summary>A simulated street with its virtual controllers behind the field contract; the optimiser is elsewhere.</summary>
public static class StreetBehindBus
{
    /// <summary>A server that has not answered by then is done without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="state">File in which the controllers keep the highest epochs that they have obeyed; null to begin anew.</param>
    /// <param name="unanswered">Called whenever a lock-step run sends a second again, with that second and how many have not answered to it.</param>
    /// <exception cref="FieldBusException">The bus cannot be opened.</exception>
    public static async Task<StreetBehindBusResult> RunAsync(
        SimulationSettings settings, MqttAddress address, string keys, string? state, Pace pace, Action<long, int> unanswered, CancellationToken stop)
    {
        var scenario = ScenarioFile.Read(settings.Scenario, settings.Begin, settings.End, settings.Programs);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, settings.Class, scenario.ReadSignals());
        using var trips = TripFileTarget.For(settings.TripInfo);
        await using var bus = MqttControllers.Open(new() { Address = address, Controllers = Controllers(site, ControllerKeys.Read(keys, site), state) });
        using var engine = new SumoEngine(new SumoOptions(
            scenario, site.Network, settings.Sensing, settings.Seed, scenario.Begin, scenario.End, trips.Path, settings.Scale));
        using var street = new LockstepStreet(
            engine, site.Network, site.Signals, bus, settings.LatencySeconds, FaultSpec.Parse(settings.Faults), settings.Seed, bus.Gate);
        await bus.ReadyAsync(stop);
        using var answers = new LockstepAnswers(bus, [.. site.Signals.Select(s => s.Id)], Patience, silent =>
        {
            unanswered(engine.Second, silent.Count);
            return street.RepeatAsync(silent, stop);
        });
        var clock = pace.IsLockstep ? null : pace.Clock();
        var progress = new ProgressLine("controllers");
        await street.RunAsync(
            second => clock is null ? answers.WaitAsync(second, street.Told, stop) : clock(stop), e => progress.Show(e, scenario.Begin, scenario.End), stop);
        var scored = TripFile.ScoreVehicles(trips.Path, engine.Scenario, scenario.Begin, scenario.End);
        return new(scored.Score, street.Counts, bus.Counts, answers.Missing, answers.Slowest);
    }

    private static ImmutableDictionary<IntersectionId, RoadsideController> Controllers(
        Site site, ImmutableDictionary<IntersectionId, Credentials> credentials, string? state)
    {
        var epochs = state is null ? null : new EpochFile(state);
        return site.Models.ToImmutableDictionary(
            model => model.Signals.Id,
            model => new RoadsideController(
                credentials[model.Signals.Id].Key, ConfigurationWriter.Write(model.Signals, model.Intersection.Detectors),
                epochs?.Of(model.Signals.Id) ?? new EpochInMemory()));
    }
}
