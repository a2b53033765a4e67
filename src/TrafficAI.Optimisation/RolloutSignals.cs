namespace TrafficAI.Optimisation;

/// <summary>The signals of a rollout: which movement may go from when to when, and who waits at the crossings.</summary>
public sealed class RolloutSignals
{
    private readonly RolloutTables tables;
    private readonly RolloutCost cost;
    private readonly double[] opens;
    private readonly double[] closes;
    private readonly Right[] rights;
    private readonly int[] redSince;
    private readonly double[] startOpens;
    private readonly int[] startRedSince;
    private int startPhase;
    private int startElapsed;

    public RolloutSignals(RolloutTables tables, RolloutCost cost)
    {
        this.tables = tables;
        this.cost = cost;
        opens = new double[tables.Movements];
        closes = new double[tables.Movements];
        rights = new Right[tables.Movements];
        startOpens = new double[tables.Movements];
        redSince = new int[tables.UnseenGroups];
        startRedSince = new int[tables.UnseenGroups];
    }

    /// <summary>Index of the running phase; of the one that is being left during a passage.</summary>
    public int Phase { get; private set; }

    /// <summary>Index of the phase that a passage leads to; −1 without one.</summary>
    public int Next { get; private set; }

    /// <summary>No other phase has begun since the beginning of the run.</summary>
    public bool IsFirstGreen { get; private set; }

    /// <summary>The second at which the phase, or the one that is passed to, begins.</summary>
    public int PhaseFrom { get; private set; }

    /// <summary>Per movement: the second from which it may go.</summary>
    public double[] Opens => opens;

    /// <summary>Per movement: the second in which its green ends; infinite while it goes on.</summary>
    public double[] Closes => closes;

    /// <summary>Per movement: whether it has to yield.</summary>
    public Right[] Rights => rights;

    /// <summary>Per pedestrian group: the second at which its red began.</summary>
    public int[] RedSince => redSince;

    /// <summary>Index of the phase that all runs begin with.</summary>
    public int StartPhase => startPhase;

    /// <summary>Seconds for which it has been shown when the runs begin.</summary>
    public int StartElapsed => startElapsed;

    /// <summary>Sets what is shown at the beginning of all runs.</summary>
    public void Begin(IntersectionModel model, in Situation situation)
    {
        var signals = situation.Signals;
        startPhase = signals.Phase.Index;
        startElapsed = signals.Elapsed;
        for (var m = 0; m < startOpens.Length; m++) startOpens[m] = -Lights.GreenSeconds(model.Movements[m], signals);
        for (var g = 0; g < startRedSince.Length; g++) startRedSince[g] = -situation.Picture.UnseenWaitSeconds[g];
    }

    /// <summary>Goes back to that beginning.</summary>
    public void Reset()
    {
        Phase = startPhase;
        IsFirstGreen = true;
        PhaseFrom = -startElapsed;
        Next = -1;
        Array.Copy(startOpens, opens, opens.Length);
        Array.Copy(startRedSince, redSince, redSince.Length);
        Array.Copy(tables.Rights, Phase * tables.Movements, rights, 0, rights.Length);
        for (var m = 0; m < closes.Length; m++) closes[m] = rights[m] == Right.None ? -1 : double.PositiveInfinity;
    }

    /// <summary>Begins the passage to a phase.</summary>
    /// <param name="queues">Told which lanes begin to discharge.</param>
    public void Switch(int t, int to, RolloutQueues queues)
    {
        var row = Phase * tables.Phases + to;
        var passage = tables.PassageSeconds[row];
        for (var m = 0; m < rights.Length; m++)
        {
            var after = tables.Rights[to * rights.Length + m];
            var before = tables.Rights[Phase * rights.Length + m];
            if (after == Right.None)
            {
                if (before != Right.None) closes[m] = t + tables.Closes[row * rights.Length + m];
                continue;
            }

            var from = tables.Opens[row * rights.Length + m];
            if (before != Right.None && from == 0)
            {
                if (before == Right.Yielding) continue;
                rights[m] = after;
                continue;
            }

            opens[m] = t + from;
            queues.Begins(tables.LaneOf[m]);
            closes[m] = double.PositiveInfinity;
            rights[m] = after;
        }

        Walk(t, to, passage);
        Next = to;
        PhaseFrom = t + passage;
    }

    /// <summary>The passage is over.</summary>
    public void Settle()
    {
        Phase = Next;
        IsFirstGreen = false;
        Next = -1;
        for (var m = 0; m < rights.Length; m++)
        {
            var right = tables.Rights[Phase * rights.Length + m];
            if (right != Right.None) rights[m] = right;
        }
    }

    /// <summary>Pedestrians who are expected to wait in second <paramref name="t"/>.</summary>
    public double Walkers(int t)
    {
        if (redSince.Length == 0) return 0;
        var shown = Next >= 0 ? Next : Phase;
        var sum = 0.0;
        for (var g = 0; g < redSince.Length; g++)
        {
            if (!tables.Walks[shown * redSince.Length + g]) sum += UnseenDemand.Expected(t - redSince[g]);
        }

        return sum;
    }

    private void Walk(int t, int to, int passage)
    {
        for (var g = 0; g < redSince.Length; g++)
        {
            var before = tables.Walks[Phase * redSince.Length + g];
            var after = tables.Walks[to * redSince.Length + g];
            if (before && !after) redSince[g] = t;
            else if (!before && after) AddClearing(redSince[g], t, passage);
        }
    }

    /// <summary>Those who wait at a crossing wait until the passage is over.</summary>
    private void AddClearing(int since, int t, int passage)
    {
        var sum = 0.0;
        for (var s = t; s < Math.Min(RolloutRun.HorizonSeconds, t + passage); s++) sum += cost.At(s) * UnseenDemand.Expected(s - since);
        cost.AddPedestrians(sum);
    }
}
