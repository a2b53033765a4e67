using System.Globalization;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>Serves emergency vehicles that ask for a signal group, seen or not, above whatever strategy controls the intersection. It only wishes a phase, so that
/// no request breaks a safety rule. One at a time, the first to arrive: from when the change to its phase needs the time, until its group has been green when it came
/// (<see cref="PassingSeconds"/>), it is cancelled, or <see cref="StaleSeconds"/> after its arrival. Whatever else asks is rejected.</summary>
public sealed class PriorityRequests(IntersectionModel model)
{
    /// <summary>So long after its arrival a request has come to its end; so says the field contract.</summary>
    public const int StaleSeconds = 60;

    /// <summary>Longest service of one request. It is rejected then, and no other is served for as long.</summary>
    public const int LongestServiceSeconds = 60;

    /// <summary>Green that a vehicle needs from its arrival on to be gone.</summary>
    public const int PassingSeconds = 8;

    /// <summary>Requests that may run at once.</summary>
    public const int MostRunning = 16;

    /// <summary>Whoever sees green so long before the stop line need not brake.</summary>
    private const int ComfortSeconds = 6;

    private readonly List<PriorityRequest> running = [];
    private readonly List<PriorityAnswer> answers = [];
    private readonly Proposal proposal = new();
    private (ulong Boot, uint Number)? active;
    private long since;
    private long restsUntil = long.MinValue;

    /// <summary>Takes in what a controller reports.</summary>
    public void Hear(in PriorityRequest request)
    {
        var known = IndexOf(Name(request));
        if (request.IsCancelled)
        {
            if (known >= 0) Remove(known);
        }
        else if (known >= 0)
        {
            running[known] = running[known] with { ArrivesAt = request.ArrivesAt };
        }
        else if (Objection(request) is { } objection)
        {
            answers.Add(new(request.Boot, request.Number, PriorityProgress.Rejected, objection));
        }
        else
        {
            running.Add(request);
            Answer(request, PriorityProgress.Queued, "it runs");
        }
    }

    /// <summary>What is wanted in the end. To be called once a decision, in rising seconds.</summary>
    /// <param name="usual">What the strategy wants.</param>
    public Proposal Over(in Situation situation, Proposal usual)
    {
        if (active is { } serving) Follow(running[IndexOf(serving)], situation);
        if (active is null && situation.ActsAt >= restsUntil) Seek(situation);
        return active is { } name ? Wish(running[IndexOf(name)], situation) : usual;
    }

    /// <summary>What has become of requests since the last call.</summary>
    /// <param name="second">The street second; who is stale by then has come to an end.</param>
    public IReadOnlyList<PriorityAnswer> Answers(long second)
    {
        for (var i = running.Count - 1; i >= 0; i--)
            if (second - StaleSeconds >= running[i].ArrivesAt) End(i, PriorityProgress.Stale, string.Create(CultureInfo.InvariantCulture, $"{StaleSeconds} s have passed since its arrival"));
        if (answers.Count == 0) return [];
        PriorityAnswer[] taken = [.. answers];
        answers.Clear();
        return taken;
    }

    private static (ulong Boot, uint Number) Name(in PriorityRequest request) => (request.Boot, request.Number);

    private int IndexOf((ulong Boot, uint Number) name) => running.FindIndex(r => Name(r) == name);

    private string? Objection(in PriorityRequest request)
    {
        if (request.Group < 0 || request.Group >= model.Signals.Groups.Length) return "no such group";
        if (request.Class != ObjectClass.Emergency) return "only emergency vehicles are served";
        if (running.Count >= MostRunning) return "too many requests run";
        var group = request.Group;
        return model.Signals.Phases.Any(phase => phase.Green[group]) ? null : "no phase serves its group";
    }

    private void Follow(in PriorityRequest request, in Situation situation)
    {
        var at = IndexOf(Name(request));
        if (IsServed(request, situation)) End(at, PriorityProgress.Completed, "its group was green when it came");
        else if (situation.ActsAt - since >= LongestServiceSeconds)
        {
            End(at, PriorityProgress.Rejected, string.Create(CultureInfo.InvariantCulture, $"it has been served for {LongestServiceSeconds} s"));
            restsUntil = situation.ActsAt + LongestServiceSeconds;
        }
    }

    private static bool IsServed(in PriorityRequest request, in Situation situation) =>
        situation.Signals.Lamps[request.Group].IsGreen() && situation.Signals.LampSeconds[request.Group] >= PassingSeconds
        && situation.ActsAt - PassingSeconds >= request.ArrivesAt;

    /// <summary>The first to arrive is served when it is time.</summary>
    private void Seek(in Situation situation)
    {
        if (running.Count == 0) return;
        var first = running.MinBy(request => request.ArrivesAt);
        if (!IsDue(first, situation)) return;
        (active, since) = (Name(first), situation.ActsAt);
        Answer(first, PriorityProgress.Activated, $"{PhaseFor(first, situation)} is wanted for it");
    }

    private bool IsDue(in PriorityRequest request, in Situation situation)
    {
        var (wanted, now) = (PhaseFor(request, situation), situation.Signals.Target);
        if (wanted == now) return request.ArrivesAt - situation.ActsAt <= ComfortSeconds;
        var change = SignalDecider.EarliestChange(model.Signals, situation.Signals, wanted);
        return change == long.MaxValue || request.ArrivesAt <= change + ComfortSeconds + model.Signals.PassageSeconds(now, wanted);
    }

    /// <summary>One that serves the group with nobody to yield to, if there is one; of such the running one, then that of the shortest passage, then the lowest.</summary>
    private PhaseId PhaseFor(in PriorityRequest request, in Situation situation)
    {
        var (group, now) = (request.Group, situation.Signals.Target);
        return model.Signals.Phases.Where(phase => phase.Green[group]).MinBy(phase => (Yields(phase, group), model.Signals.PassageSeconds(now, phase.Id)))!.Id;
    }

    private bool Yields(Phase phase, int group) => model.Signals.Groups[group].Links.Any(link => phase.Letters[link] == 'g');

    private Proposal Wish(in PriorityRequest request, in Situation situation) => proposal.WantOrPass(
        situation.Signals, PhaseFor(request, situation), Motive.PreEmption, new("an emergency vehicle asks for group {0}", request.Group + 1));

    private void End(int at, PriorityProgress progress, string reason)
    {
        Answer(running[at], progress, reason);
        Remove(at);
    }

    private void Remove(int at)
    {
        if (Name(running[at]) == active) active = null;
        running.RemoveAt(at);
    }

    private void Answer(in PriorityRequest request, PriorityProgress progress, string reason) => answers.Add(new(request.Boot, request.Number, progress, reason));
}
