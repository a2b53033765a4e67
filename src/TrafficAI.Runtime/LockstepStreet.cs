using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Runtime;

/// <summary>A simulated street behind the field bus: an engine with a virtual controller at every intersection. The engine waits at
/// each second until every actor has dealt with its frame, so that a run does not depend on how fast anybody is.</summary>
public sealed class LockstepStreet : IDisposable
{
    private readonly IEngine engine;
    private readonly IFieldBus bus;
    private readonly int latencySeconds;
    private readonly ImmutableArray<VirtualController> controllers;
    private readonly ImmutableArray<Queue<PhasePlan>> underWay;
    private readonly Dictionary<Network.IntersectionId, int> indexOf = [];
    private readonly IDisposable subscription;

    /// <param name="latencySeconds">A plan made on frame t reaches the controller at t + this; 0 or more.</param>
    public LockstepStreet(IEngine engine, ImmutableArray<IntersectionSignals> signals, IFieldBus bus, int latencySeconds)
    {
        this.engine = engine;
        this.bus = bus;
        this.latencySeconds = latencySeconds;
        controllers = [.. signals.Select(s => new VirtualController(s, engine.Second))];
        underWay = [.. signals.Select(_ => new Queue<PhasePlan>())];
        for (var i = 0; i < signals.Length; i++) indexOf.Add(signals[i].Id, i);
        subscription = bus.SubscribePlans(Receive);
    }

    /// <summary>What the controllers said and did so far.</summary>
    public StreetCounts Counts { get; } = new();

    /// <summary>Runs to the end of the engine's window.</summary>
    /// <param name="host">The actors, waited for in every second.</param>
    /// <param name="log">Flushed in every second before any plan acts, so that whatever ends the process leaves whole seconds.</param>
    /// <param name="progress">Called after every second.</param>
    /// <exception cref="EngineException">The street has gone.</exception>
    /// <exception cref="ActorException">An actor has failed.</exception>
    public async Task RunAsync(ActorHost host, OrderedLog log, Action<IEngine>? progress, CancellationToken stop)
    {
        while (!engine.Finished)
        {
            stop.ThrowIfCancellationRequested();
            for (var i = 0; i < controllers.Length; i++)
            {
                var controller = controllers[i];
                var frame = new Frame(controller.Signals.Id, engine.Second, controller.Mode, controller.State, engine.Sense(i));
                await bus.PublishFrameAsync(frame, stop);
            }

            await host.SettledAsync();
            await log.FlushAsync(stop);
            for (var i = 0; i < controllers.Length; i++) Act(i);
            engine.Step();
            progress?.Invoke(engine);
        }
    }

    public void Dispose() => subscription.Dispose();

    private void Act(int index)
    {
        var controller = controllers[index];
        var plans = underWay[index];
        lock (plans)
        {
            while (plans.TryPeek(out var plan) && plan.BasedOnSecond + latencySeconds <= engine.Second)
            {
                Counts.Count(controller.Accept(plans.Dequeue()));
            }
        }

        var target = controller.State.Target;
        controller.Step();
        if (controller.State.Target != target) Counts.PhaseChanges++;
        if (controller.Mode == ControlMode.Fault) Counts.FaultSeconds++;
        engine.Show(index, controller.Letters);
    }

    // Called on the actors' threads.
    private void Receive(PhasePlan plan)
    {
        if (!indexOf.TryGetValue(plan.Intersection, out var index)) return;
        lock (underWay[index]) underWay[index].Enqueue(plan);
    }
}
