using System.Collections.Frozen;
using Akka;
using Akka.Actor;
using TrafficAI.FieldBus;
using TrafficAI.Runtime;

namespace TrafficAI.Akka;

/// <summary>Mailboxes of Akka.NET: each intersection is an actor of a system of its own, under <c>/user/{id}</c>, restarted by its guardian when it stumbles.</summary>
/// <remarks>Time comes with the inputs; nothing here asks the scheduler for it.</remarks>
public sealed class AkkaMailboxes : IMailboxes
{
    /// <summary>The longest wait for what is in the mailboxes at the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ActorSystem system;
    private readonly FrozenDictionary<IntersectionActor, Seat> seats;

    private AkkaMailboxes(ActorsAtWork work)
    {
        system = ActorSystem.Create("trafficai", Settings.For(work.Threads, Patience));
        seats = work.Actors.ToFrozenDictionary(actor => actor, actor => Begin(actor, work));
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "intersections", DrainAsync);
    }

    /// <summary>Begins to run actors.</summary>
    public static IMailboxes Run(ActorsAtWork work) => new AkkaMailboxes(work);

    /// <inheritdoc/>
    public bool Tell(IntersectionActor actor, IntersectionInput input)
    {
        var seat = seats[actor];
        if (!seat.Places.TryTake()) return false;
        seat.Reference.Tell(input);
        return true;
    }

    public async ValueTask DisposeAsync() => await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);

    private Seat Begin(IntersectionActor actor, ActorsAtWork work)
    {
        var places = new Places(IMailboxes.Capacity);
        var shell = Props.Create(() => new IntersectionShell(actor, work, places)).WithDispatcher(Settings.Dispatcher);
        return new(system.ActorOf(shell, EncodedId.Of(actor.Id.Value)), places);
    }

    // The pill comes behind all that waits.
    private async Task<Done> DrainAsync()
    {
        await Task.WhenAll(seats.Values.Select(seat => seat.Reference.GracefulStop(Patience, PoisonPill.Instance)));
        return Done.Instance;
    }

    private sealed record Seat(IActorRef Reference, Places Places);
}
