namespace TrafficAI.Optimisation;

/// <summary>Runs the traffic of an intersection on for a while under a first choice and the base policy after it, and says what the
/// waiting costs.</summary>
/// <remarks>Queues stand upright at the stop lines: a vehicle waits from the moment at which it would have passed until it passes. Steps
/// of one second, departures in fractions of it. The base policy is the index rule in a cheap form, asked every
/// <see cref="DecisionSeconds"/>.</remarks>
public sealed class RolloutRun
{
    /// <summary>A rollout looks so far ahead.</summary>
    public const int HorizonSeconds = 90;

    /// <summary>The base policy is asked so often.</summary>
    private const int DecisionSeconds = 2;

    /// <summary>The running phase is weighed over at least so many seconds.</summary>
    private const int ExtensionSeconds = 3;

    /// <summary>The base policy looks so far ahead.</summary>
    private const int IndexSeconds = 45;

    /// <summary>Waiting one second later counts less by this factor: e^(−1/30).</summary>
    private const double Discount = 0.96721610048;

    /// <summary>After the end of green vehicles still pass for so long.</summary>
    private const double AmberUseSeconds = 0.7;

    private const double GapSeconds = 4;
    private const double GapBehindSeconds = 1;

    /// <summary>A lane that is red at the end of a rollout gets green so much later.</summary>
    private const double LaterGreenSeconds = 15;

    /// <summary>What the first, second, … vehicle of a queue still loses after it has passed the line, until it has its speed.</summary>
    private static readonly double[] SpeedingUpSeconds = [2.5, 1.2, 0.7, 0.4, 0.2, 0];

    private static readonly double[] Discounts = DiscountTable();

    private readonly RolloutTables tables;
    private readonly RolloutTraffic traffic;

    private readonly int[] head;
    private readonly int[] entered;
    private readonly int[] arrived;
    private readonly double[] free;
    private readonly int[] place;
    private readonly bool[] yieldsNow;
    private readonly int[] file;
    private readonly double[] fileFree;
    private readonly double[] arrival;
    private readonly double[] leaves;
    private readonly double[] opens;
    private readonly double[] closes;
    private readonly Right[] rights;
    private readonly double[] crossed;
    private readonly int[] redSince;
    private readonly int[] served = new int[IndexSeconds];

    private readonly double[] startOpens;
    private readonly int[] startRedSince;
    private readonly double[] exitFree;
    private readonly bool[] stuck;
    private int startPhase;
    private int startElapsed;
    private long startSecond;

    private int[] turns = [];
    private int phase;
    private int nextDecision;
    private int phaseFrom;
    private int next;
    private double waiting;
    private double cost;

    public RolloutRun(IntersectionModel model, RolloutTables tables, RolloutTraffic traffic)
    {
        this.tables = tables;
        this.traffic = traffic;
        var lanes = tables.Lanes;
        var movements = tables.Movements;
        head = new int[lanes];
        entered = new int[lanes];
        arrived = new int[lanes];
        free = new double[lanes];
        place = new int[lanes];
        yieldsNow = new bool[lanes];
        file = new int[traffic.FileStart.Length];
        fileFree = new double[traffic.FileStart.Length];
        arrival = new double[traffic.Arrivals.Length];
        leaves = new double[traffic.Arrivals.Length];
        opens = new double[movements];
        closes = new double[movements];
        rights = new Right[movements];
        crossed = new double[movements];
        startOpens = new double[movements];
        redSince = new int[tables.PedestrianGroups];
        startRedSince = new int[tables.PedestrianGroups];
        exitFree = new double[model.ExitDetectors.Length];
        stuck = new bool[tables.Phases * lanes];
    }

    /// <summary>Phases that began in the last run, with the second of their passage; at most <see cref="Begun"/>.</summary>
    public (int Phase, int Second)[] Started { get; } = new (int, int)[HorizonSeconds];

    public int Begun { get; private set; }

    /// <summary>Per exit: seconds until something fits in again.</summary>
    public Span<double> ExitFreeSeconds => exitFree;

    /// <summary>Phases × lanes: the lane does not move in spite of green.</summary>
    public Span<bool> Stuck => stuck;

    /// <summary>Sets what is shown at the beginning of all runs.</summary>
    public void Begin(IntersectionModel model, in Situation situation)
    {
        var signals = situation.Signals;
        startPhase = signals.Phase.Index;
        startElapsed = signals.Elapsed;
        startSecond = situation.ActsAt;
        for (var m = 0; m < startOpens.Length; m++) startOpens[m] = -Lights.GreenSeconds(model.Movements[m], signals);
        for (var g = 0; g < startRedSince.Length; g++) startRedSince[g] = -situation.Picture.PedestrianWaitSeconds[g];
    }

    /// <summary>Runs once.</summary>
    /// <param name="first">The phase to go to; the running one to hold it.</param>
    /// <param name="holdSeconds">Seconds before the base policy may leave the running phase.</param>
    /// <param name="limit">A run that costs more is broken off.</param>
    /// <returns>Vehicle-seconds of waiting, later ones discounted.</returns>
    public double Run(int first, int holdSeconds, int sample, double limit)
    {
        Reset(sample);
        if (first != startPhase) Switch(0, first);
        else nextDecision = AtInterval(Math.Max(holdSeconds, tables.MinimumSeconds[phase] - startElapsed));
        for (var t = 0; t < HorizonSeconds; t++)
        {
            if (t >= nextDecision) Decide(t);
            if (next >= 0 && t >= phaseFrom) Settle();
            Arrive(t);
            Feed(t);
            for (var lane = 0; lane < head.Length; lane++)
            {
                if (head[lane] < entered[lane]) Discharge(lane, t);
            }

            cost += Discounts[t] * (waiting + Walkers(t));
            if (cost > limit) return cost;
        }

        return cost + Left();
    }

    private static double[] DiscountTable()
    {
        var table = new double[HorizonSeconds + 1];
        table[0] = 1;
        for (var t = 1; t < table.Length; t++) table[t] = table[t - 1] * Discount;
        return table;
    }

    private void Reset(int sample)
    {
        turns = traffic.Turns[sample];
        phase = startPhase;
        phaseFrom = -startElapsed;
        next = -1;
        waiting = 0;
        cost = 0;
        Begun = 0;
        Array.Copy(traffic.Reach, arrival, traffic.Count);
        for (var lane = 0; lane < head.Length; lane++)
        {
            head[lane] = arrived[lane] = traffic.Start[lane];
            entered[lane] = traffic.Entered[lane];
            free[lane] = traffic.HeadStands[lane] ? 1 : 0;
            place[lane] = traffic.HeadStands[lane] ? 0 : SpeedingUpSeconds.Length - 1;
        }

        Array.Clear(yieldsNow);
        Array.Copy(traffic.FileStart, file, file.Length);
        Array.Clear(fileFree);
        Array.Fill(crossed, -1000);
        Array.Copy(startOpens, opens, opens.Length);
        Array.Copy(startRedSince, redSince, redSince.Length);
        Array.Copy(tables.Rights, phase * tables.Movements, rights, 0, rights.Length);
        for (var m = 0; m < closes.Length; m++) closes[m] = rights[m] == Right.None ? -1 : double.PositiveInfinity;
    }

    private int AtInterval(int t)
    {
        if (tables.Interval == 1) return t;
        var rest = (int)((startSecond + t) % tables.Interval);
        return rest == 0 ? t : t + tables.Interval - rest;
    }

    private void Switch(int t, int to)
    {
        var row = phase * tables.Phases + to;
        var passage = tables.PassageSeconds[row];
        for (var m = 0; m < rights.Length; m++)
        {
            var after = tables.Rights[to * rights.Length + m];
            var before = tables.Rights[phase * rights.Length + m];
            if (after == Right.None)
            {
                if (before != Right.None) closes[m] = t + tables.Closes[row * rights.Length + m] + AmberUseSeconds;
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
            place[tables.LaneOf[m]] = 0;
            closes[m] = double.PositiveInfinity;
            rights[m] = after;
        }

        if (Begun < Started.Length) Started[Begun++] = (to, t);
        Walk(t, to, passage);
        next = to;
        phaseFrom = t + passage;
        nextDecision = AtInterval(phaseFrom + tables.MinimumSeconds[to]);
    }

    private void Walk(int t, int to, int passage)
    {
        for (var g = 0; g < redSince.Length; g++)
        {
            var before = tables.Walks[phase * redSince.Length + g];
            var after = tables.Walks[to * redSince.Length + g];
            if (before && !after) redSince[g] = t;
            else if (!before && after) cost += Clear(redSince[g], t, passage);
        }
    }

    /// <summary>Those who wait at a crossing wait until the passage is over.</summary>
    private static double Clear(int since, int t, int passage)
    {
        var sum = 0.0;
        for (var s = t; s < Math.Min(HorizonSeconds, t + passage); s++) sum += Discounts[s] * PedestrianDemand.Expected(s - since);
        return sum;
    }

    /// <summary>The passage is over.</summary>
    private void Settle()
    {
        phase = next;
        next = -1;
        for (var m = 0; m < rights.Length; m++)
        {
            var right = tables.Rights[phase * rights.Length + m];
            if (right != Right.None) rights[m] = right;
        }
    }

    private double Walkers(int t)
    {
        var shown = next >= 0 ? next : phase;
        var sum = 0.0;
        for (var g = 0; g < redSince.Length; g++)
        {
            if (!tables.Walks[shown * redSince.Length + g]) sum += PedestrianDemand.Expected(t - redSince[g]);
        }

        return sum;
    }

    private void Arrive(int t)
    {
        var arrivals = traffic.Arrivals;
        for (var lane = 0; lane < arrived.Length; lane++)
        {
            var end = traffic.Start[lane + 1];
            var v = arrived[lane];
            while (v < end && arrivals[v] <= t)
            {
                waiting += traffic.Weights[v];
                cost += Discounts[t] * traffic.Weights[v] * (t - arrivals[v] < 1 ? t - arrivals[v] : 0);
                v++;
            }

            arrived[lane] = v;
        }
    }

    /// <summary>Vehicles go from the files upstream to their stop lanes, in their order, as there is room.</summary>
    private void Feed(int t)
    {
        foreach (var f in tables.Feeders)
        {
            for (var end = traffic.FileStart[f + 1]; file[f] < end; file[f]++)
            {
                var v = traffic.File[file[f]];
                var lane = traffic.LaneOf[v];
                if (v != entered[lane]) break;
                var enters = Math.Max(Math.Max(fileFree[f], traffic.Reach[v] - tables.CrossSeconds[lane]), t);
                var ahead = v - tables.Storage[lane];
                if (ahead >= traffic.Start[lane])
                {
                    if (ahead >= head[lane]) break;
                    enters = Math.Max(enters, leaves[ahead] + tables.Storage[lane] * DischargeRates.StartWaveSeconds);
                }

                if (enters >= t + 1) break;
                fileFree[f] = enters + DischargeRates.HeadwaySeconds;
                arrival[v] = enters + tables.CrossSeconds[lane];
                entered[lane] = v + 1;
            }
        }
    }

    private void Discharge(int lane, int t)
    {
        yieldsNow[lane] = false;
        while (head[lane] < entered[lane])
        {
            var v = head[lane];
            var m = turns[v];
            if (closes[m] <= t) return;
            var earliest = Math.Max(Math.Max(arrival[v], free[lane]), t);
            var open = opens[m];
            if (arrival[v] < open) earliest = Math.Max(earliest, open + Math.Min(DischargeRates.StartUpSeconds, open - arrival[v]));
            if (earliest >= t + 1 || earliest >= closes[m]) return;
            if (exitFree[tables.ExitOf[m]] > t || stuck[phase * head.Length + lane]) return;
            if (rights[m] == Right.Yielding && Meets(m, earliest))
            {
                yieldsNow[lane] = true;
                return;
            }

            Go(lane, v, earliest);
            crossed[m] = earliest;
            free[lane] = earliest + (rights[m] == Right.Protected ? DischargeRates.HeadwaySeconds : DischargeRates.YieldingHeadwaySeconds);
            Leave(lane, v, t, earliest);
        }
    }

    private void Go(int lane, int v, double at)
    {
        leaves[v] = at;
        head[lane] = v + 1;
    }

    private void Leave(int lane, int v, int t, double at)
    {
        var weight = traffic.Weights[v];
        if (v < arrived[lane])
        {
            waiting -= weight;
            cost += Discounts[t] * weight * (at - t);
        }
        else
        {
            arrived[lane] = v + 1;
        }

        if (at - traffic.Arrivals[v] < 1) return;
        cost += Discounts[t] * SpeedingUpSeconds[place[lane]];
        if (place[lane] < SpeedingUpSeconds.Length - 1) place[lane]++;
    }

    /// <summary>Somebody with priority crosses, or is about to.</summary>
    private bool Meets(int movement, double at)
    {
        foreach (var foe in tables.Foes[movement])
        {
            if (crossed[foe] >= at - GapBehindSeconds) return true;
            if (closes[foe] <= at || opens[foe] >= at + GapSeconds) continue;
            if (Comes(foe, at)) return true;
        }

        return false;
    }

    private bool Comes(int foe, double at)
    {
        var lane = tables.LaneOf[foe];
        if (yieldsNow[lane] || stuck[phase * head.Length + lane]) return false;
        var earliest = free[lane];
        for (var v = head[lane]; v < entered[lane]; v++)
        {
            var m = turns[v];
            if (closes[m] <= at) return false;
            earliest = Math.Max(earliest, arrival[v]);
            if (arrival[v] < opens[m]) earliest = Math.Max(earliest, opens[m]);
            if (earliest >= at + GapSeconds || earliest >= closes[m] || exitFree[tables.ExitOf[m]] > at) return false;
            if (m == foe) return true;
            earliest += DischargeRates.HeadwaySeconds;
        }

        return false;
    }

    /// <summary>What those cost who are left at the end.</summary>
    private double Left()
    {
        var sum = 0.0;
        for (var lane = 0; lane < head.Length; lane++)
        {
            if (head[lane] >= arrived[lane]) continue;
            var n = arrived[lane] - head[lane];
            var wait = closes[turns[head[lane]]] > HorizonSeconds ? 0 : LaterGreenSeconds;
            sum += n * wait + DischargeRates.HeadwaySeconds * n * (n + 1) / 2;
        }

        return sum * Discounts[HorizonSeconds];
    }

    /// <summary>The base policy: goes to the phase with the largest index.</summary>
    private void Decide(int t)
    {
        if (next >= 0) Settle();
        var best = phase;
        var most = Index(phase, t);
        for (var p = 0; p < tables.Phases; p++)
        {
            if (p == phase) continue;
            var index = Index(p, t);
            if (index <= most) continue;
            most = index;
            best = p;
        }

        if (best != phase) Switch(t, best);
        else nextDecision = AtInterval(t + DecisionSeconds);
    }

    private double Index(int p, int t)
    {
        Array.Clear(served);
        var row = phase * tables.Phases + p;
        var any = false;
        foreach (var lane in tables.LanesOf[p]) any |= Serve(p, lane, t, row * rights.Length);
        var walking = 0.0;
        for (var g = 0; p != phase && g < redSince.Length; g++)
        {
            if (tables.Walks[p * redSince.Length + g] && !tables.Walks[phase * redSince.Length + g]) walking += PedestrianDemand.Expected(t - redSince[g]);
        }

        if (!any && walking <= 0) return 0;
        var shortest = p == phase ? Math.Max(tables.Interval, ExtensionSeconds) : Math.Max(tables.Interval, tables.PassageSeconds[row] + tables.MinimumSeconds[p]);
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
        if (stuck[p * head.Length + lane]) return false;
        var earliest = Math.Max(0, free[lane] - t);
        var any = false;
        var end = traffic.Start[lane + 1];
        for (var v = head[lane]; v < end; v++)
        {
            var m = turns[v];
            var right = tables.Rights[p * rights.Length + m];
            if (right == Right.None || exitFree[tables.ExitOf[m]] > t) break;
            var open = tables.Opens[passage + m];
            var arrives = arrival[v] - t;
            if (open > 0 && arrives < open) earliest = Math.Max(earliest, open + DischargeRates.StartUpSeconds);
            earliest = Math.Max(earliest, arrives);
            if (earliest >= IndexSeconds) break;
            served[(int)earliest]++;
            any = true;
            earliest += right == Right.Protected ? DischargeRates.HeadwaySeconds : DischargeRates.YieldingHeadwaySeconds;
        }

        return any;
    }
}
