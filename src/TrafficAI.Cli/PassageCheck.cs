using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>Lets a controller run its own plan for three cycles and pass from every phase to every other, watched by the monitor.</summary>
public static class PassageCheck
{
    /// <returns>What the monitor objects to, in words; empty if nothing.</returns>
    public static IEnumerable<string> Run(IntersectionSignals signals)
    {
        var monitor = new ConflictMonitor(signals);
        var state = SignalDecider.Start(signals, 0);
        for (var second = 0; second < 3 * signals.LocalPlan.CycleSeconds; second++)
        {
            state = SignalDecider.Advance(signals, state, signals.LocalPlan.PhaseAt(state.Second + 1)).State;
            if (monitor.Observe(state.Second, state.Lamps) is { } violation) yield return $"own plan: {Told(violation)}";
        }

        foreach (var from in signals.Phases)
        {
            foreach (var to in signals.Phases)
            {
                foreach (var wanted in new[] { from.Id, to.Id })
                {
                    for (var left = 600; left > 0 && (state.Next is not null || state.Phase != wanted); left--)
                    {
                        state = SignalDecider.Advance(signals, state, wanted).State;
                        if (monitor.Observe(state.Second, state.Lamps) is { } violation) yield return $"{from.Id} to {to.Id}: {Told(violation)}";
                    }
                }
            }
        }
    }

    private static string Told(Violation violation) => $"{violation.Text}. Rule: {RuleSource.Of(violation.Rule)}";
}
