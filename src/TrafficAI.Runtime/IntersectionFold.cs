using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What one recorded input led to.</summary>
/// <param name="Decision">The decision; null while the controller is in fault.</param>
/// <param name="Events">What has to be recorded in <c>intersection-{id}</c>, in this order.</param>
/// <param name="DigestIsDue">Whether both streams of the intersection have to be digested after this.</param>
public readonly record struct FoldStep(Decision? Decision, IReadOnlyList<IntersectionEvent> Events, bool DigestIsDue);

/// <summary>From the recorded inputs of one intersection to its events. The actor runs it live, the replay runs it again: there is
/// no other way from an input to a decision.</summary>
public sealed class IntersectionFold(IntersectionOptimiser optimiser)
{
    /// <summary>The digest over all decisions is recorded every so many inputs, and so are those over the events of the streams: once
    /// a minute, as long as a frame comes each second.</summary>
    public const int DigestEvery = 60;

    private readonly DecisionDigest digest = new();
    private readonly List<IntersectionEvent> events = [];
    private (int Wanted, Guard Bound) last;
    private bool failing;
    private long lampSequence = -1;
    private ControlMode? mode;
    private long inputs;

    /// <summary>The digest over every decision so far.</summary>
    public DecisionDigest Digest => digest;

    /// <summary>Takes in the frame that was recorded at <paramref name="revision"/>. The list of events is valid until the next call.</summary>
    public FoldStep Apply(Frame frame, long revision)
    {
        events.Clear();
        Report(frame);
        var decision = optimiser.Decide(frame, revision);
        if (decision is not null) Record(decision);
        var digestIsDue = ++inputs % DigestEvery == 0;
        if (digestIsDue) events.Add(IntersectionEvent.Digested(frame.Second, digest.Decisions, digest.Current()));
        return new FoldStep(decision, events, digestIsDue);
    }

    private void Report(Frame frame)
    {
        if (frame.Mode != mode) events.Add(IntersectionEvent.Mode(frame.Second, frame.Mode));
        if (frame.Signals.LampSequence != lampSequence) events.Add(IntersectionEvent.Lamps(frame));
        mode = frame.Mode;
        lampSequence = frame.Signals.LampSequence;
    }

    private void Record(Decision decision)
    {
        digest.Add(decision);
        if (decision.Failure is not null && !failing) events.Add(IntersectionEvent.Failed(decision));
        failing = decision.Failure is not null;
        if ((decision.Wanted.Number, decision.Bound) == last) return;
        last = (decision.Wanted.Number, decision.Bound);
        events.Add(IntersectionEvent.Decided(decision));
    }
}
