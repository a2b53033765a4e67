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

    /// <param name="unanswered">Called whenever a lock-step run sends a second again, with that second and how many have not answered to it.</param>
    /// <param name="say">Called with what people should know at once, a line each.</param>
    /// <exception cref="FieldBusException">The bus cannot be opened.</exception>
    /// <exception cref="InputException">A vehicle asks at an intersection that is not there.</exception>
    public static async Task<StreetBehindBusResult> RunAsync(
        StreetOrder order, Action<long, int> unanswered, Action<string> say, CancellationToken stop)
    {
        var settings = order.Settings;
        var scenario = ScenarioFile.Read(settings.Scenario, settings.Begin, settings.End, settings.Programs);
        var site = Site.Build(scenario.NetBytes, scenario.NetFile, settings.Class, scenario.ReadSignals());
        using var trips = TripFileTarget.For(settings.TripInfo);
        await using var bus = MqttControllers.Open(new()
        {
            Address = order.Bus, Controllers = Controllers(site, order), Clock = order.Clock, Trouble = say,
            Answered = (id, request, state) => say($"{id}: priority request {request}: {state}"),
        });
        using var simulated = SimulatedStreet.Open(settings, scenario, site.Network, trips.Path);
        var engine = simulated.Engine;
        foreach (var note in simulated.Notes) say(note);
        using var street = new LockstepStreet(
            engine, site.Network, site.Signals, bus, FaultSpec.Parse(settings.Faults), settings.Seed, bus.Gate)
        {
            BusPriority = settings.BusPriority,
        };
        using var diary = order.Diary is null ? null : new StreetDiary(order.Diary, bus);
        if (diary is not null) street.Stepped += diary.Write;
        await bus.ReadyAsync(stop);
        using var answers = new LockstepAnswers(bus, [.. site.Signals.Select(s => s.Id)], Patience, silent =>
        {
            unanswered(engine.Second, silent.Count);
            return street.RepeatAsync(silent, stop);
        });
        var clock = order.Pace.IsLockstep ? null : order.Pace.Clock();
        var progress = new ProgressLine("controllers");
        await street.RunAsync(
            second => clock is null ? answers.WaitAsync(second, street.Told, stop) : clock(stop), e => progress.Show(e, scenario.Begin, scenario.End), stop);
        var scored = TripFile.ScoreVehicles(trips.Path, simulated.Scenario, scenario.Begin, scenario.End);
        return new(scored.Score, street.Counts, bus.Counts, answers.Missing, answers.Slowest);
    }

    private static ImmutableDictionary<IntersectionId, RoadsideController> Controllers(
        Site site, StreetOrder order)
    {
        var credentials = ControllerKeys.Read(order.Keys, site);
        var epochs = order.State is null ? null : new EpochFile(order.State);
        foreach (var (at, _) in order.Asks.Where(asked => !credentials.ContainsKey(asked.Intersection)))
            throw new InputException($"--ask: no intersection '{at}'. Choose from {string.Join(", ", site.Signals.Select(s => s.Id))}.");
        return site.Models.ToImmutableDictionary(
            model => model.Signals.Id,
            model => new RoadsideController(
                credentials[model.Signals.Id].Key, ConfigurationWriter.Write(model.Signals, model.Intersection.Detectors),
                epochs?.Of(model.Signals.Id) ?? new EpochInMemory())
            {
                Address = order.BusOf(model.Signals.Id),
                Asks = [.. order.Asks.Where(asked => asked.Intersection == model.Signals.Id).Select(asked => asked.Ask).OrderBy(ask => ask.Second)],
            });
    }
}
