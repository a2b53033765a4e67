using System.Collections.Concurrent;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>One of the nodes that share a site: serves its parts as long as the nodes give it them, until somebody ends it.</summary>
/// <param name="order">What to serve; its log names those of the parts.</param>
/// <param name="goesOn">As <see cref="NextLog"/> is told.</param>
/// <param name="say">Called with what people should know at once, a line each.</param>
public sealed class SharedServer(ServerOrder order, bool goesOn, Action<string> say)
{
    private readonly ConcurrentDictionary<int, string> troubles = new();
    private readonly ConcurrentBag<FieldServerResult> served = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What came of each time that a part was served here to an orderly end.</summary>
    /// <param name="parts">Into which the site is shared out; all nodes must have the same.</param>
    /// <exception cref="InputException">A log cannot be gone on with, or the node cannot take part.</exception>
    public async Task<IReadOnlyCollection<FieldServerResult>> RunAsync(NodeHost host, NodePlace place, int parts, CancellationToken stop)
    {
        var read = ServedSite.Read(order.Site);
        var intersections = read.Site.Models.Length;
        var count = Math.Min(parts, intersections);
        var neighbourhood = new Neighbourhood(intersections, count);
        using var stopped = stop.Register(() => ended.TrySetResult());
        await using (var nodes = host(place, new(count, (number, until) => ServeAsync(order with { Read = read, Neighbourhood = neighbourhood, Part = new(number, count) }, until), neighbourhood.Hear, say)))
        {
            neighbourhood.Nodes = nodes;
            await ended.Task;
        }

        return served;
    }

    /// <summary>The log of a part: day-part-3-of-8.db for day.db.</summary>
    public static string LogOf(string log, SitePart part) => NextLog.Name(log, FormattableString.Invariant($"part-{part.Number + 1}-of-{part.Of}"));

    private async Task ServeAsync(ServerOrder own, CancellationToken until)
    {
        var part = own.Part!.Value;
        try
        {
            served.Add(await NextLog.RunAsync(own with { Log = LogOf(order.Log, part) }, goesOn, Say, now => FieldServer.RunAsync(now, Say, until)));
            say($"{part}: handed over");
            troubles.TryRemove(part.Number, out _);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // It was wanted elsewhere before it began here.
        }
        catch (InputException e)
        {
            ended.TrySetException(e);
        }
        catch (Exception e) when (e is EventLogException or RecordException or ActorException or FieldBusException or IOException or UnauthorizedAccessException)
        {
            if (troubles.TryGetValue(part.Number, out var before) && before == e.Message) return;
            troubles[part.Number] = e.Message;
            Say($"not served: {e.Message.ReplaceLineEndings(" ")}");
        }

        void Say(string line) => say($"{part}: {line}");
    }
}
