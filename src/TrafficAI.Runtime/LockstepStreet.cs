using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Runtime;

/// <summary>A simulated street behind the field bus: an engine with a virtual controller at every intersection. The engine waits at
/// each second until every actor has dealt with its frame, so that a run does not depend on how fast anybody is.</summary>
public sealed class LockstepStreet : IDisposable
{
    private readonly IEngine engine;
    private readonly IFieldBus bus;
    private readonly ImmutableArray<Site> sites;
    private readonly object parts;
    private readonly Dictionary<IntersectionId, Site> siteOf = [];
    private readonly List<Frame> sent = [];
    private readonly IDisposable subscription;

    /// <param name="faults">What goes wrong.</param>
    /// <param name="seed">Of what goes wrong.</param>
    /// <param name="gate">Puts something before each controller; null for <see cref="OpenGate"/>.</param>
    public LockstepStreet(
        IEngine engine, RoadNetwork network, ImmutableArray<IntersectionSignals> signals, IFieldBus bus, FaultSpec faults, int seed,
        Func<VirtualController, IControllerGate>? gate = null)
    {
        this.engine = engine;
        this.bus = bus;
        gate ??= controller => new OpenGate(controller);
        var seeds = new SplitMix64((ulong)seed);
        var controllers = signals.Select(of => new VirtualController(of, engine.Second)).ToImmutableArray();
        var models = network.Intersections.Select(i => IntersectionModelBuilder.Build(network, i, signals[i.Index])).ToImmutableArray();
        parts = new object[] { network, signals, models };
        sites = [.. network.Intersections.Select(i =>
        {
            var (model, own) = (models[i.Index], gate(controllers[i.Index]));
            return new Site(
                i.Index, controllers[i.Index], own, new CallRegister(model), new BusRequests(model, own), new FaultyDetectors(faults, i, seeds.Next()),
                new FaultyLink<Frame>(faults, seeds.Next()), new FaultyLink<PhasePlan>(faults, seeds.Next()));
        })];
        foreach (var site in sites) siteOf.Add(site.Controller.Signals.Id, site);
        subscription = bus.SubscribePlans(Receive);
    }

    /// <summary>What the buses that are seen say when they ask for priority; null when they do not.</summary>
    public BusLoad? BusPriority { get; init; }

    /// <summary>What the controllers said and did so far.</summary>
    public StreetCounts Counts { get; } = new();

    /// <summary>A controller has begun to show a second: the controller, and how many plans it accepted and refused just before. Raised on the street's thread.</summary>
    public event Action<VirtualController, int, int>? Stepped;

    /// <summary>Runs to the end of the engine's window.</summary>
    /// <param name="host">The actors, waited for in every second.</param>
    /// <param name="log">Flushed in every second before any plan acts, so that whatever ends the process leaves whole seconds.</param>
    /// <param name="progress">Called after every second.</param>
    /// <exception cref="EngineException">The street has gone.</exception>
    /// <exception cref="ActorException">An actor has failed.</exception>
    public Task RunAsync(ActorHost host, OrderedLog log, Action<IEngine>? progress, CancellationToken stop) => RunAsync(
        async second =>
        {
            host.Overdue(second);
            await host.SettledAsync();
            await log.FlushAsync(stop);
        },
        progress, stop);

    /// <summary>The same with actors elsewhere.</summary>
    /// <param name="answered">Ends when the street may go on from a second whose frames have been published.</param>
    /// <param name="progress">Called after every second.</param>
    /// <exception cref="EngineException">The street has gone.</exception>
    public async Task RunAsync(Func<long, Task> answered, Action<IEngine>? progress, CancellationToken stop)
    {
        while (!engine.Finished)
        {
            stop.ThrowIfCancellationRequested();
            sent.Clear();
            foreach (var site in sites) await PublishAsync(site, stop);
            await answered(engine.Second);
            foreach (var site in sites) Act(site);
            engine.Step();
            progress?.Invoke(engine);
        }
    }

    /// <summary>Whose frame of this second was sent: not lost, nor late.</summary>
    public ImmutableHashSet<IntersectionId> Told => [.. sent.Where(frame => frame.Second == engine.Second).Select(frame => frame.Intersection)];

    /// <summary>Sends the frames of this second again.</summary>
    /// <param name="to">Of these intersections only.</param>
    public async ValueTask RepeatAsync(ImmutableHashSet<IntersectionId> to, CancellationToken stop)
    {
        foreach (var frame in sent.Where(frame => to.Contains(frame.Intersection))) await bus.PublishFrameAsync(frame, stop);
    }

    /// <summary>Everything that stands on the street, as it is between two seconds: the engine with its vehicles and detectors, the controllers, and the messages under way.</summary>
    /// <param name="given">What the engine was made from and never changes.</param>
    public ReadOnlyMemory<byte> Save(object given) => StateImage.Save(new Whole(engine, sites), new[] { parts, given });

    /// <summary>Goes on from where another street, made the same way, was saved. What <see cref="Counts"/> counts begins here.</summary>
    /// <param name="given">As it was saved with.</param>
    /// <exception cref="RecordException">The bytes are of no such street; this one is of no use any more.</exception>
    public void Load(object given, ReadOnlyMemory<byte> saved) => StateImage.Load(new Whole(engine, sites), new[] { parts, given }, saved);

    public void Dispose() => subscription.Dispose();

    private async ValueTask PublishAsync(Site site, CancellationToken stop)
    {
        var controller = site.Controller;
        var readings = site.Detectors.Distort(engine.Sense(site.Index));
        var reported = new Frame(controller.Signals.Id, engine.Second, controller.Mode, controller.State, readings, controller.Violation);
        site.Register.Observe(reported);
        if (BusPriority is { } load) site.Buses.Look(engine.Second, readings, load);
        site.Up.Send(engine.Second, reported);
        while (site.Up.TryTake(engine.Second, out var frame))
        {
            sent.Add(frame);
            await bus.PublishFrameAsync(frame, stop);
        }
    }

    private void Act(Site site)
    {
        var controller = site.Controller;
        var (accepted, refused) = TakePlans(site);
        site.Gate.BeforeSecond();

        var (target, mode) = (controller.State.Target, controller.Mode);
        controller.Step(site.Register.Calls);
        if (controller.Mode == ControlMode.Fault && mode != ControlMode.Fault && controller.Violation is { } violation) Counts.Raise(controller.Signals.Id, violation);
        if (controller.State.Target != target) Counts.PhaseChanges++;
        if (controller.Mode == ControlMode.Fault) Counts.FaultSeconds++;
        if (controller.Mode == ControlMode.Local) Counts.LocalSeconds++;
        engine.Show(site.Index, controller.Letters);
        Stepped?.Invoke(controller, accepted, refused);
    }

    private (int Accepted, int Refused) TakePlans(Site site)
    {
        var (accepted, refused) = (0, 0);
        lock (site.Down)
        {
            while (site.Down.TryTake(engine.Second, out var plan))
            {
                if (site.Gate.Take(plan)) accepted++;
                else refused++;
            }
        }

        Counts.Count(accepted, refused);
        return (accepted, refused);
    }

    // Called on the actors' threads.
    private void Receive(PhasePlan plan)
    {
        if (!siteOf.TryGetValue(plan.Intersection, out var site)) return;
        lock (site.Down)
        {
            if (plan.CommittedUntil < engine.Second) Counts.PlansLate++;
            site.Down.Send(plan.BasedOnSecond, plan);
        }
    }

    private sealed record Whole(IEngine Engine, ImmutableArray<Site> Sites);

    /// <summary>What stands at one intersection.</summary>
    /// <param name="Register">Who waits, as the controller knows it: it has every reading, whatever becomes of the frames.</param>
    private sealed record Site(
        int Index, VirtualController Controller, IControllerGate Gate, CallRegister Register, BusRequests Buses, FaultyDetectors Detectors, FaultyLink<Frame> Up, FaultyLink<PhasePlan> Down);
}
