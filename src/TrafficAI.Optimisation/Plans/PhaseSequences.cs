using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Which phases a cycle may consist of, and in which order.</summary>
public static class PhaseSequences
{
    /// <summary>Of more phases only the whole programme is a cycle.</summary>
    private const int MostPhases = 10;

    private const int LongestSequence = 6;

    /// <summary>The phases in the order of their numbers, and every set of at most six of them that serves each group that any phase serves, in the
    /// order that loses the least time between phases (among equals the first by their numbers).</summary>
    /// <param name="turnsMayYield">A movement that some phase protects may be left to gaps in another; else each is protected in some phase of the set.</param>
    public static IEnumerable<ImmutableArray<PhaseId>> Of(IntersectionModel model, bool turnsMayYield = false)
    {
        var signals = model.Signals;
        var count = signals.Phases.Length;
        yield return [.. signals.Phases.Select(p => p.Id)];
        for (var set = 1; count <= MostPhases && set < 1 << count; set++)
        {
            ImmutableArray<PhaseId> phases = [.. signals.Phases.Where(p => (set >> p.Id.Index & 1) != 0).Select(p => p.Id)];
            if (phases.Length is < 2 or > LongestSequence || !ServesAll(signals, phases) || !(turnsMayYield || ProtectsAll(model, phases))) continue;
            yield return Orders([phases[0]], phases.RemoveAt(0)).MinBy(order => Lost(signals, order));
        }
    }

    /// <summary>The passage to a step of the cycle.</summary>
    public static Interphase Passage(IntersectionSignals signals, ImmutableArray<PhaseId> order, int step) =>
        signals.Interphase(order[(step + order.Length - 1) % order.Length], order[step]);

    private static bool ServesAll(IntersectionSignals signals, ImmutableArray<PhaseId> phases) =>
        signals.Groups.All(group => phases.Any(p => signals.Phase(p).Green[group.Index]) || !signals.Phases.Any(p => p.Green[group.Index]));

    private static bool ProtectsAll(IntersectionModel model, ImmutableArray<PhaseId> phases) =>
        model.Movements.All(m => phases.Any(p => model.IsUnopposed(p, m.Index)) || !model.Signals.Phases.Any(p => model.IsUnopposed(p.Id, m.Index)));

    private static IEnumerable<ImmutableArray<PhaseId>> Orders(ImmutableArray<PhaseId> begin, ImmutableArray<PhaseId> rest) =>
        rest.IsEmpty ? [begin] : rest.SelectMany(next => Orders(begin.Add(next), rest.Remove(next)));

    private static int Lost(IntersectionSignals signals, ImmutableArray<PhaseId> order)
    {
        var lost = 0;
        for (var step = 0; step < order.Length; step++) lost += Passage(signals, order, step).Length;
        return lost;
    }
}
