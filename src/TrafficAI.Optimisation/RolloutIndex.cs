namespace TrafficAI.Optimisation;

/// <summary>The index rule of <see cref="PhaseIndex"/> in a cheap form, on the queues of a rollout: its base policy.</summary>
public sealed class RolloutIndex(RolloutTables tables, RolloutTraffic traffic, RolloutSignals signals, RolloutQueues queues)
{
    /// <summary>The running phase is weighed over at least so many seconds.</summary>
    private const int ExtensionSeconds = 3;

    /// <summary>It looks so far ahead.</summary>
    private const int IndexSeconds = 45;

    private readonly int[] served = new int[IndexSeconds];

    /// <summary>The phase with the largest index; the running one if none is larger than its.</summary>
    public int Best(int t)
    {
        var best = signals.Phase;
        var most = Of(best, t);
        for (var p = 0; p < tables.Phases; p++)
        {
            if (p == signals.Phase) continue;
            var index = Of(p, t);
            if (index <= most) continue;
            most = index;
            best = p;
        }

        return best;
    }

    private double Of(int p, int t)
    {
        Array.Clear(served);
        var row = signals.Phase * tables.Phases + p;
        var any = false;
        foreach (var lane in tables.LanesOf[p]) any |= Serve(p, lane, t, row * tables.Movements);
        var walking = 0.0;
        for (var g = 0; p != signals.Phase && g < signals.RedSince.Length; g++)
        {
            if (tables.Walks[p * signals.RedSince.Length + g] && !tables.Walks[signals.Phase * signals.RedSince.Length + g]) walking += UnseenDemand.Expected(t - signals.RedSince[g]);
        }

        if (!any && walking <= 0) return 0;
        var shortest = p == signals.Phase ? Math.Max(tables.Interval, ExtensionSeconds) : Math.Max(tables.Interval, tables.PassageSeconds[row] + tables.MinimumSeconds[p]);
        var best = walking / shortest;
        var total = walking;
        for (var s = 0; s < served.Length; s++)
        {
            if (served[s] == 0) continue;
            total += served[s];
            best = Math.Max(best, total / Math.Max(s + 1, shortest));
        }

        return best;
    }

    private bool Serve(int p, int lane, int t, int passage)
    {
        if (queues.Stuck[p * tables.Lanes + lane]) return false;
        var earliest = Math.Max(0, queues.Free[lane] - t);
        var any = false;
        var end = traffic.Start[lane + 1];
        for (var v = queues.Head[lane]; v < end; v++)
        {
            var m = queues.Turns[v];
            var right = tables.Rights[p * tables.Movements + m];
            if (right == Right.None || queues.ExitFreeSeconds[tables.ExitOf[m]] > t) break;
            var open = tables.Opens[passage + m];
            var arrives = queues.Arrival[v] - t;
            if (open > 0 && arrives < open) earliest = Math.Max(earliest, open + DischargeRates.StartUpSeconds);
            earliest = Math.Max(earliest, arrives);
            if (earliest >= IndexSeconds) break;
            served[(int)earliest]++;
            any = true;
            earliest += right == Right.Protected ? traffic.Headways[lane] : DischargeRates.YieldingHeadwaySeconds;
        }

        return any;
    }
}
