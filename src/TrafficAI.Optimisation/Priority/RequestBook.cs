using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>The priority requests that run at one intersection, and what is to be told of them. What cannot be served is rejected, with a reason.</summary>
/// <param name="weighs">Whether the strategy weighs vehicles.</param>
internal sealed class RequestBook(IntersectionModel model, bool weighs)
{
    private readonly List<PriorityRequest> running = [];
    private readonly List<PriorityAnswer> answers = [];

    /// <summary>In the order in which they came.</summary>
    public ReadOnlySpan<PriorityRequest> Running => CollectionsMarshal.AsSpan(running);

    /// <summary>What a request is called.</summary>
    public static (ulong Boot, uint Number) Name(in PriorityRequest request) => (request.Boot, request.Number);

    /// <summary>The request of that name; null when it has come to an end.</summary>
    public PriorityRequest? Find((ulong Boot, uint Number) name) => IndexOf(name) is >= 0 and var at ? running[at] : null;

    /// <summary>Takes in what a controller reports.</summary>
    public void Hear(in PriorityRequest request)
    {
        var known = IndexOf(Name(request));
        if (request.IsCancelled)
        {
            if (known >= 0) running.RemoveAt(known);
        }
        else if (Objection(request, known >= 0) is var (refusal, reason))
        {
            if (known >= 0) running.RemoveAt(known);
            Reject(request, refusal, reason);
        }
        else if (known >= 0)
        {
            running[known] = running[known] with { ArrivesAt = request.ArrivesAt, Persons = request.Persons, LateSeconds = request.LateSeconds };
        }
        else
        {
            running.Add(request);
            Answer(request, PriorityProgress.Queued, "it runs");
        }
    }

    /// <summary>What has become of requests since the last call.</summary>
    /// <param name="second">The street second; who is stale by then has come to an end.</param>
    public IReadOnlyList<PriorityAnswer> Answers(long second)
    {
        for (var i = running.Count - 1; i >= 0; i--)
            if (second - PriorityRequests.StaleSeconds >= running[i].ArrivesAt) End(running[i], PriorityProgress.Stale, string.Create(CultureInfo.InvariantCulture, $"{PriorityRequests.StaleSeconds} s have passed since its arrival"));
        if (answers.Count == 0) return [];
        PriorityAnswer[] taken = [.. answers];
        answers.Clear();
        return taken;
    }

    public void Answer(in PriorityRequest request, PriorityProgress progress, string reason) => answers.Add(new(request.Boot, request.Number, progress, reason));

    public void End(in PriorityRequest request, PriorityProgress progress, string reason)
    {
        Answer(request, progress, reason);
        running.RemoveAt(IndexOf(Name(request)));
    }

    /// <summary>Ends a request that runs.</summary>
    public void EndRejected(in PriorityRequest request, PriorityRefusal refusal, string reason)
    {
        Reject(request, refusal, reason);
        running.RemoveAt(IndexOf(Name(request)));
    }

    private void Reject(in PriorityRequest request, PriorityRefusal refusal, string reason) =>
        answers.Add(new(request.Boot, request.Number, PriorityProgress.Rejected, reason) { Refusal = refusal });

    private int IndexOf((ulong Boot, uint Number) name) => running.FindIndex(r => Name(r) == name);

    private (PriorityRefusal Refusal, string Reason)? Objection(in PriorityRequest request, bool isKnown)
    {
        if (request.Group < 0 || request.Group >= model.Signals.Groups.Length) return (PriorityRefusal.NoSuchGroup, "no such group");
        if (request.Class is not (ObjectClass.Emergency or ObjectClass.Bus)) return (PriorityRefusal.Class, "only emergency vehicles and buses are served");
        if (request.Class == ObjectClass.Bus && !weighs) return (PriorityRefusal.NotWeighed, "the strategy in charge weighs no buses");
        if (request.Class == ObjectClass.Bus && request.LateSeconds <= 0) return (PriorityRefusal.NotLate, "it is not late");
        if (!isKnown && running.Count >= PriorityRequests.MostRunning) return (PriorityRefusal.TooMany, "too many requests run");
        var group = request.Group;
        return model.Signals.Phases.Any(phase => phase.Green[group]) ? null : (PriorityRefusal.NoPhase, "no phase serves its group");
    }
}
