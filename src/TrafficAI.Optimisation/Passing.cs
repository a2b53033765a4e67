using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>The proposal of every strategy while an interphase runs: its target, since nothing else can be had.</summary>
internal static class Passing
{
    public static Proposal To(PhaseId target) => new(target, [], [], "interphase", Motive.Passage);
}
