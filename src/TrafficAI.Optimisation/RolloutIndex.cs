using System.Numerics;

namespace TrafficAI.Optimisation;

/// <summary>The index rule of <see cref="PhaseIndex"/> in a cheap form, on the queues of a rollout: its base policy.</summary>
public sealed class RolloutIndex(RolloutTables tables, RolloutSignals signals, RolloutQueues queues)
{
    /// <summary>It looks so far ahead.</summary>
    private const int IndexSeconds = 45;

    private readonly IndexBounds bounds = new(tables);

    private readonly int[] ends = new int[tables.Lanes];

    /// <summary>Vehicles served per second; all 0 between two questions.</summary>
    private readonly int[] served = new int[IndexSeconds];

    /// <summary>The phase with the largest index; the running one if none is larger than its.</summary>
    public int Best(int t)
    {
        var best = signals.Phase;
        var most = Of(best, t);
        for (var p = 0; p < tables.Phases; p++)
        {
            if (p == signals.Phase || AtMost(p, t) <= most) continue;
            var index = Of(p, t);
            if (index <= most) continue;
            most = index;
            best = p;
        }

        return best;
    }

    /// <summary>No less than the index of a phase, but found at a glance: from how many come to its lanes in time.</summary>
    private double AtMost(int p, int t)
    {
        var traffic = queues.Traffic;
        var row = signals.Phase * tables.Phases + p;
        var sum = Walking(p, t) / tables.ShortestSeconds[row] + IndexBounds.Slack;
        foreach (var lane in tables.LanesOf[p]) sum += bounds.AtMost(row, lane, traffic.ComeBefore(lane, t + IndexSeconds) - queues.Head[lane], traffic.Headways[lane]);
        return sum;
    }

    private double Of(int p, int t)
    {
        var row = signals.Phase * tables.Phases + p;
        var seconds = Serve(p, t, row * tables.Movements);
        var walking = Walking(p, t);
        if (seconds == 0 && walking <= 0) return 0;
        var shortest = tables.ShortestSeconds[row];
        var best = walking / shortest;
        var total = walking;
        for (; seconds != 0; seconds &= seconds - 1)
        {
            var s = BitOperations.TrailingZeroCount(seconds);
            total += served[s];
            served[s] = 0;
            var rate = total / Math.Max(s + 1, shortest);
            if (rate > best) best = rate;
        }

        return best;
    }

    /// <summary>Counts whom a phase would serve, and when.</summary>
    /// <param name="passage">Where the passage to it stands in <see cref="RolloutTables.Opens"/>.</param>
    /// <returns>Bit s is set when somebody is served in second s.</returns>
    private ulong Serve(int p, int t, int passage)
    {
        var traffic = queues.Traffic;
        var (turns, guesses, arrival, exitFree) = (traffic.Turns, traffic.Guesses, queues.Arrival, queues.ExitFreeSeconds);
        var (rights, opens, exitOf) = (tables.Rights, tables.Opens, tables.ExitOf);
        var first = p * tables.Movements;
        var seconds = 0UL;
        queues.Reachable(p, ends);
        foreach (var lane in tables.LanesOf[p])
        {
            if (queues.IsStuck(p, lane)) continue;
            var headway = traffic.Headways[lane];
            var free = queues.Free[lane];
            var earliest = free > t ? free - t : 0;
            var end = ends[lane];
            var head = queues.Head[lane];
            for (var v = head; v < end; v++)
            {
                var m = v == head ? turns[v] : guesses[v];
                var right = rights[first + m];
                if (right == Right.None || exitFree[exitOf[m]] > t) break;
                var open = opens[passage + m];
                var arrives = arrival[v] - t;
                if (arrives < open && open > 0 && earliest < open + DischargeRates.StartUpSeconds) earliest = open + DischargeRates.StartUpSeconds;
                if (earliest < arrives) earliest = arrives;
                if (earliest >= IndexSeconds) break;
                var second = (int)earliest;
                served[second]++;
                seconds |= 1UL << second;
                earliest += right == Right.Protected ? headway : DischargeRates.YieldingHeadwaySeconds;
            }
        }

        return seconds;
    }

    /// <summary>Those at crossings whom a change to the phase serves.</summary>
    private double Walking(int p, int t)
    {
        var walking = 0.0;
        if (p == signals.Phase) return walking;
        var redSince = signals.RedSince;
        for (var g = 0; g < redSince.Length; g++)
        {
            if (tables.Walks[p * redSince.Length + g] && !tables.Walks[signals.Phase * redSince.Length + g]) walking += UnseenDemand.Expected(t - redSince[g]);
        }

        return walking;
    }
}
