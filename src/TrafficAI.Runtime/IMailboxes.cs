using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime;

/// <summary>Runs the actors of a site: starts each, has it take one input after the other from a bounded mailbox, and restarts it when it stumbles.</summary>
/// <remarks>Disposing it ends it: no more inputs come, and those that wait are dealt with, unless the work has been stopped.</remarks>
public interface IMailboxes : IAsyncDisposable
{
    /// <summary>Inputs of one actor that may wait; at one a second, more than a minute of them.</summary>
    const int Capacity = 64;

    /// <summary>Puts an input into the mailbox of an actor. What one thread tells comes in that order.</summary>
    /// <returns>False when the mailbox is full: the input is lost, and the caller counts it.</returns>
    bool Tell(IntersectionActor actor, IntersectionInput input);
}

/// <summary>What mailboxes are to run.</summary>
/// <param name="Threads">At most so many actors work at the same time; at least 1.</param>
/// <param name="Post">Called with what an actor tells its neighbours.</param>
/// <param name="Settled">Called after each input has been dealt with, or given up by an actor that has then recovered.</param>
/// <param name="Failed">Called when an actor cannot go on; it takes nothing more.</param>
/// <param name="Stop">Ends them at once.</param>
public sealed record ActorsAtWork(
    ImmutableArray<IntersectionActor> Actors, int Threads, Action<ImmutableArray<Telling>> Post, Action Settled, Action<IntersectionActor, Exception> Failed,
    CancellationToken Stop);

/// <summary>Begins to run actors.</summary>
public delegate IMailboxes MailboxHost(ActorsAtWork work);
