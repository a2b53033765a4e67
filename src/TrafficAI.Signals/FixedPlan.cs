using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>One step of a fixed plan.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="InterphaseStart">Second of the cycle at which the passage to this phase begins, 0 to cycle − 1.</param>
public sealed record FixedStep(PhaseId Phase, int InterphaseStart);

/// <summary>A plan of fixed times: the controller's own, and the strategy <c>fixed</c>.</summary>
/// <param name="CycleSeconds">Length of the cycle; at least 1.</param>
/// <param name="OffsetSeconds">The cycle begins when (second − offset) mod cycle is 0.</param>
/// <param name="Steps">By rising <see cref="FixedStep.InterphaseStart"/>; at least one.</param>
public sealed record FixedPlan(int CycleSeconds, int OffsetSeconds, ImmutableArray<FixedStep> Steps)
{
    /// <summary>Second of the cycle at street second <paramref name="second"/>.</summary>
    public int CycleSecond(long second)
    {
        var phase = (second - OffsetSeconds) % CycleSeconds;
        return (int)(phase < 0 ? phase + CycleSeconds : phase);
    }

    /// <summary>The phase that the plan wants at a street second; during an interphase, the phase that follows it.</summary>
    public PhaseId PhaseAt(long second)
    {
        var now = CycleSecond(second);
        var wanted = Steps[^1].Phase;
        foreach (var step in Steps)
        {
            if (step.InterphaseStart > now) break;
            wanted = step.Phase;
        }

        return wanted;
    }
}
