using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Brings a programme to another cycle.</summary>
public static class ProgramScaling
{
    /// <summary>The programme with its phases lengthened or shortened in proportion, none below its minimum; the states between the phases keep their
    /// times. Its offset is 0, its times are whole seconds.</summary>
    /// <param name="signals">Those derived from the programme.</param>
    /// <param name="cycle">Seconds; at least 1.</param>
    /// <exception cref="SignalsException">The minima and the passages do not fit into the cycle; the message says where, what and what next.</exception>
    public static SignalProgram ToCycle(RoadNetwork network, Intersection intersection, IntersectionSignals signals, int cycle)
    {
        var program = ProgramReading.Read(intersection, LinkKind.Of(network, intersection));
        var now = program.PhaseStates.Select(state => program.Seconds[state]).ToArray();
        var least = now.Select((_, phase) => signals.Phases[phase].MinimumSeconds).ToArray();
        var between = program.CycleSeconds - now.Sum();
        if (between + least.Sum() > cycle)
            throw new SignalsException($"signal '{intersection.Id}': its minimum greens and intergreens need {between + least.Sum()} s, more than a cycle of {cycle} s. Choose a longer --cycle.");
        var scaled = Share(cycle - between, now, least);
        var seconds = program.Seconds.ToArray();
        for (var phase = 0; phase < scaled.Length; phase++) seconds[program.PhaseStates[phase]] = scaled[phase];
        return intersection.Program with
        {
            OffsetMilliseconds = 0,
            States = [.. intersection.Program.States.Select((state, i) => state with { DurationMilliseconds = 1000 * seconds[i] })],
        };
    }

    /// <summary>Whole seconds that sum to <paramref name="total"/>, as near to the proportions as the minima allow.</summary>
    private static int[] Share(int total, int[] proportions, int[] least)
    {
        var wished = proportions.Select(p => (double)p * total / proportions.Sum()).ToArray();
        var shares = wished.Select((wish, i) => Math.Max(least[i], (int)wish)).ToArray();
        for (var missing = total - shares.Sum(); missing != 0; missing -= Math.Sign(missing))
        {
            var step = Math.Sign(missing);
            var at = -1;
            for (var i = 0; i < shares.Length; i++)
                if ((step > 0 || shares[i] > least[i]) && (at < 0 || step * (wished[i] - shares[i]) > step * (wished[at] - shares[at]))) at = i;
            shares[at] += step;
        }

        return shares;
    }
}
