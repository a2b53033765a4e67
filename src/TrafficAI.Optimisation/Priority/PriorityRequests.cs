using System.Globalization;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>Serves vehicles that ask for a signal group, seen or not. Emergency vehicles come above whatever strategy controls the intersection: one at a time, the first to arrive,
/// from when the change to its phase needs the time, until its group has been green when it came (<see cref="PassingSeconds"/>), it is cancelled, or
/// <see cref="StaleSeconds"/> after its arrival. The waiting of buses counts for more where the strategy weighs it. Both only wish, so that no request breaks a safety rule; whatever else
/// asks is rejected.</summary>
public sealed class PriorityRequests
{
    /// <summary>So long after its arrival a request has come to its end; so says the field contract.</summary>
    public const int StaleSeconds = 60;

    /// <summary>Longest service of emergency requests at a stretch, of one or of several. Who is being served then is rejected, and none is served until as long has passed without.</summary>
    public const int LongestServiceSeconds = 60;

    /// <summary>Green that a vehicle needs from its arrival on to be gone.</summary>
    public const int PassingSeconds = 8;

    /// <summary>Requests that may run at once.</summary>
    public const int MostRunning = 16;

    /// <summary>Whoever sees green so long before the stop line need not brake.</summary>
    private const int ComfortSeconds = 6;

    private readonly IntersectionModel model;
    private readonly RequestBook book;
    private readonly WeighedRequests weighed;
    private readonly ServiceCredit credit = new(LongestServiceSeconds);
    private readonly Proposal proposal = new();
    private (ulong Boot, uint Number)? active;

    /// <param name="weighs">Whether the strategy weighs vehicles: see <see cref="Situation.Asked"/>.</param>
    public PriorityRequests(IntersectionModel model, bool weighs = true)
    {
        this.model = model;
        book = new(model, weighs);
        weighed = new(model, book);
    }

    /// <summary>Takes in what a controller reports.</summary>
    public void Hear(in PriorityRequest request) => book.Hear(request);

    /// <summary>The buses that count for more in a decision. To be called once a decision, in rising seconds; valid until then.</summary>
    public List<AskedVehicle> Weigh(in Situation situation) => weighed.Weigh(situation);

    /// <summary>What is wanted in the end. To be called once a decision, in rising seconds.</summary>
    /// <param name="usual">What the strategy wants.</param>
    public Proposal Over(in Situation situation, Proposal usual)
    {
        var serving = active is { } name ? book.Find(name) : null;
        if (serving is { } request && !Follow(request, situation)) serving = null;
        if (serving is null && !credit.IsSpent) serving = Seek(situation);
        active = serving is { } served ? RequestBook.Name(served) : null;
        credit.Pass(active is not null);
        return serving is { } first ? Wish(first, situation) : usual;
    }

    /// <summary>What has become of requests since the last call.</summary>
    /// <param name="second">The street second; who is stale by then has come to an end.</param>
    public IReadOnlyList<PriorityAnswer> Answers(long second) => book.Answers(second);

    /// <summary>Its group has been green for long enough from its arrival on.</summary>
    internal static bool HasHadGreen(in PriorityRequest request, in Situation situation) =>
        situation.Signals.Lamps[request.Group].IsGreen() && situation.Signals.LampSeconds[request.Group] >= PassingSeconds
        && situation.ActsAt - PassingSeconds >= request.ArrivesAt;

    /// <returns>Whether it is still served.</returns>
    private bool Follow(in PriorityRequest request, in Situation situation)
    {
        if (HasHadGreen(request, situation)) book.End(request, PriorityProgress.Completed, "its group was green when it came");
        else if (credit.IsSpent)
            book.EndRejected(request, PriorityRefusal.ServedTooLong, string.Create(CultureInfo.InvariantCulture, $"requests have been served for {LongestServiceSeconds} s"));
        else return true;
        return false;
    }

    /// <summary>The first to arrive is served when it is time.</summary>
    private PriorityRequest? Seek(in Situation situation)
    {
        PriorityRequest? first = null;
        foreach (var request in book.Running)
            if (request.Class == ObjectClass.Emergency && !(request.ArrivesAt >= first?.ArrivesAt)) first = request;
        if (first is not { } found || !IsDue(found, situation)) return null;
        book.Answer(found, PriorityProgress.Activated, $"{PhaseFor(found, situation)} is wanted for it");
        return found;
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
}
