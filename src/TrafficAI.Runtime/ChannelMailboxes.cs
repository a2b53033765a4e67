using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace TrafficAI.Runtime;

/// <summary>Mailboxes that are channels of the base library, on a bounded number of threads of its pool.</summary>
public sealed class ChannelMailboxes : IMailboxes
{
    private readonly ActorsAtWork work;
    private readonly FrozenDictionary<IntersectionActor, Channel<IntersectionInput>> mailboxes;
    private readonly ImmutableArray<Task> running;

    private ChannelMailboxes(ActorsAtWork work)
    {
        this.work = work;
        mailboxes = work.Actors.ToFrozenDictionary(actor => actor, _ => Channel.CreateBounded<IntersectionInput>(
            new BoundedChannelOptions(IMailboxes.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }));
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, work.Threads).ConcurrentScheduler;
        running = [.. work.Actors.Select(actor => Task.Factory.StartNew(
            () => RunAsync(actor, mailboxes[actor].Reader), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap())];
    }

    /// <summary>Begins to run actors.</summary>
    public static IMailboxes Run(ActorsAtWork work) => new ChannelMailboxes(work);

    /// <inheritdoc/>
    public bool Tell(IntersectionActor actor, IntersectionInput input) => mailboxes[actor].Writer.TryWrite(input);

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in work.Actors) mailboxes[actor].Writer.TryComplete();
        await Task.WhenAll(running);
    }

    private async Task RunAsync(IntersectionActor actor, ChannelReader<IntersectionInput> mailbox)
    {
        try
        {
            await actor.StartAsync(work.Post, work.Stop);
            await foreach (var input in mailbox.ReadAllAsync(work.Stop))
            {
                await SuperviseAsync(actor, input);
                work.Settled();
            }
        }
        catch (OperationCanceledException) when (work.Stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            work.Failed(actor, e);
        }
    }

    private async Task SuperviseAsync(IntersectionActor actor, IntersectionInput input)
    {
        try
        {
            await actor.TakeAsync(input, work.Post, work.Stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await actor.RestartAsync(e, work.Stop);
        }
    }
}
