using System.Collections.Concurrent;
using TrafficAI.Runtime;

namespace TrafficAI.Akka;

/// <summary>The parts that this node serves now. They outlive the actors that began them until they have ended in order.</summary>
internal sealed class PartsHere(NodeWork work)
{
    private readonly ConcurrentDictionary<Task, CancellationTokenSource> running = new();

    public NodeWork Work => work;

    /// <summary>Begins to serve a part.</summary>
    /// <returns>What ends when it is served no longer, and never fails; and what asks for that.</returns>
    public (Task Ended, Action Stop) Begin(int part)
    {
        var stop = new CancellationTokenSource();
        var serving = Task.Run(() => work.Serve(part, stop.Token)).ContinueWith(
            task => _ = task.Exception is { } e ? Say(part, e) : null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        running[serving] = stop;
        var ended = serving.ContinueWith(_ => running.TryRemove(serving, out CancellationTokenSource? _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return (ended, stop.Cancel);
    }

    /// <summary>Ends all that are served.</summary>
    public async Task EndAsync()
    {
        foreach (var stop in running.Values) await stop.CancelAsync();
        await Task.WhenAll(running.Keys);
    }

    private string Say(int part, AggregateException e)
    {
        var line = $"part {part + 1} of {work.Parts}: not served: {e.GetBaseException().Message.ReplaceLineEndings(" ")}";
        work.Say(line);
        return line;
    }
}
