using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What one intersection came to, counted from its recorded inputs and the decisions on them, so that a replay counts the same.</summary>
public sealed class IntersectionTally
{
    private PhaseId? target;
    private double queues;

    /// <summary>Street seconds whose lamps a frame has reported.</summary>
    public long Seconds { get; private set; }

    /// <summary>Those in which it was passing from one phase to another.</summary>
    public long InterphaseSeconds { get; private set; }

    /// <summary>Passages to another phase that were begun.</summary>
    public long PhaseChanges { get; private set; }

    /// <summary>Decisions made on a picture of the traffic.</summary>
    public long QueueSeconds { get; private set; }

    /// <summary>Standing vehicles before all its stop lines together, as estimated, mean over <see cref="QueueSeconds"/>; null without any.</summary>
    public double? MeanQueue => QueueSeconds == 0 ? null : queues / QueueSeconds;

    /// <summary>The most of them at any time; null without any decision.</summary>
    public double? LargestQueue { get; private set; }

    /// <summary>Lamps as a frame reports them; seconds rise.</summary>
    public void Report(SignalState shown)
    {
        Seconds++;
        if (shown.Next is not null) InterphaseSeconds++;
        if (target is { } before && before != shown.Target) PhaseChanges++;
        target = shown.Target;
    }

    /// <summary>Lamps of an earlier second, as a controller kept them during an outage. Passages are not counted: those around them may be.</summary>
    public void ReportPast(SignalState shown)
    {
        Seconds++;
        if (shown.Next is not null) InterphaseSeconds++;
    }

    /// <summary>A decision; one whose estimation or strategy failed has seen nothing, and is left out.</summary>
    public void Decide(Decision decision)
    {
        if (decision.Failure is not null) return;
        var queue = QueueOf(decision);
        QueueSeconds++;
        queues += queue;
        LargestQueue = Math.Max(LargestQueue ?? 0, queue);
    }

    /// <summary>Standing vehicles before all stop lines together, as a decision saw them.</summary>
    internal static double QueueOf(Decision decision)
    {
        var queue = 0.0;
        foreach (var lane in decision.Seen.Lanes) queue += lane.Queue;
        return queue;
    }
}
