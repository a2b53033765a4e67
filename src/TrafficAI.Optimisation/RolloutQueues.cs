namespace TrafficAI.Optimisation;

/// <summary>The queues of a rollout: they stand upright at the stop lines, and a vehicle waits from the moment at which it would have
/// passed until it passes. Steps of one second, departures in fractions of it.</summary>
public sealed class RolloutQueues
{
    /// <summary>After the end of green those to whom others yield are taken to come for so long, and those who wait inside to stay there.</summary>
    private const double StillComingSeconds = 0.7;

    private const double GapSeconds = 4;
    private const double GapBehindSeconds = 1;

    /// <summary>A lane that is red at the end of a rollout gets green so much later.</summary>
    private const double LaterGreenSeconds = 15;

    /// <summary>Between two who come out of the junction when their green has ended.</summary>
    private const double ComingOutSeconds = 2;

    /// <summary>Whoever passes no later than this after it can at the soonest has not been held up.</summary>
    private const double UnhinderedSeconds = 0.5;

    /// <summary>What the first, second, … vehicle of a queue still loses after it has passed the line, until it has its speed.</summary>
    private static readonly double[] SpeedingUpSeconds = [2.5, 1.2, 0.7, 0.4, 0.2, 0];

    /// <summary>Whoever reaches the stop line within so long and still waits is overdue.</summary>
    private const int DueSeconds = 60;

    /// <summary>A lane that nothing wakes but <see cref="Wake"/>, or somebody who enters it.</summary>
    private const int Asleep = int.MaxValue;

    private readonly RolloutTables tables;
    private readonly RolloutSignals signals;
    private readonly RolloutCost cost;
    private readonly int[] head;
    private readonly int[] entered;
    private readonly int[] arrived;
    private readonly double[] free;
    private readonly int[] place;
    private readonly bool[] yieldsNow;
    private readonly int[] wakes;
    private readonly int[] file;
    private readonly double[] fileFree;
    private readonly double[] arrival;
    private readonly double[] leaves;
    private readonly double[] crossed;
    private readonly double[] exitFree;
    private readonly bool[] stuck;
    private readonly int[] inside;
    private RolloutTraffic traffic;
    private double waiting;
    private int come;

    /// <param name="traffic">Any of the futures; all are of the same size.</param>
    public RolloutQueues(int exits, RolloutTables tables, RolloutTraffic traffic, RolloutSignals signals, RolloutCost cost)
    {
        this.tables = tables;
        this.traffic = traffic;
        this.signals = signals;
        this.cost = cost;
        var lanes = tables.Lanes;
        head = new int[lanes];
        entered = new int[lanes];
        arrived = new int[lanes];
        free = new double[lanes];
        place = new int[lanes];
        yieldsNow = new bool[lanes];
        wakes = new int[lanes];
        file = new int[traffic.FileStart.Length];
        fileFree = new double[traffic.FileStart.Length];
        arrival = new double[traffic.Arrivals.Length];
        leaves = new double[traffic.Arrivals.Length];
        crossed = new double[tables.Movements];
        exitFree = new double[exits];
        stuck = new bool[tables.Phases * lanes];
        inside = new int[lanes];
        Inside = new int[lanes];
        WaitingInside = new int[lanes];
        InsideMovement = new int[lanes];
    }

    /// <summary>Per exit: seconds until something fits in again.</summary>
    public double[] ExitFreeSeconds => exitFree;

    /// <summary>Phases × lanes: the lane does not move in spite of green.</summary>
    public bool[] Stuck => stuck;

    /// <summary>Per lane: turners who are held inside the junction when a run begins, and block it.</summary>
    public int[] Inside { get; }

    /// <summary>Per lane: all who are inside when a run begins and have to come out before others may cross their way.</summary>
    public int[] WaitingInside { get; }

    /// <summary>Per lane: the movement of those inside.</summary>
    public int[] InsideMovement { get; }

    /// <summary>Per lane the vehicle at its head.</summary>
    public int[] Head => head;

    /// <summary>Per lane the first vehicle that is not on it yet.</summary>
    public ReadOnlySpan<int> Entered => entered;

    /// <summary>Per lane the second from which its next vehicle may leave.</summary>
    public double[] Free => free;

    /// <summary>Per vehicle the second at which it reaches its stop line.</summary>
    public double[] Arrival => arrival;

    /// <summary>The future that the run goes through.</summary>
    public RolloutTraffic Traffic => traffic;

    /// <summary>How far the vehicles of each lane can get to its stop line under a phase: behind one that finds its pocket full, and no green, nobody
    /// leaves the file.</summary>
    /// <param name="ends">Per lane, written: the first vehicle that cannot.</param>
    public void Reachable(int phase, Span<int> ends)
    {
        var (turns, guesses) = (traffic.Turns, traffic.Guesses);
        entered.CopyTo(ends);
        foreach (var f in tables.Feeders)
        {
            for (var i = file[f]; i < traffic.FileStart[f + 1]; i++)
            {
                var v = traffic.File[i];
                var lane = traffic.LaneOf[v];
                if (v != ends[lane]) break;
                var goes = tables.Rights[phase * tables.Movements + (v == head[lane] ? turns[v] : guesses[v])] != Right.None;
                if (!goes && v - head[lane] >= tables.Storage[lane]) break;
                ends[lane]++;
            }
        }
    }

    /// <summary>Goes back to the beginning of a future.</summary>
    public void Reset(RolloutTraffic future)
    {
        traffic = future;
        waiting = 0;
        for (var lane = 0; lane < inside.Length; lane++) waiting += inside[lane] = Inside[lane];
        come = 0;
        Array.Copy(traffic.Reach, arrival, traffic.Count);
        for (var lane = 0; lane < head.Length; lane++)
        {
            head[lane] = arrived[lane] = traffic.Start[lane];
            entered[lane] = traffic.Entered[lane];
            free[lane] = traffic.HeadStands[lane] ? 1 : 0;
            place[lane] = traffic.HeadStands[lane] ? 0 : SpeedingUpSeconds.Length - 1;
        }

        Array.Clear(yieldsNow);
        Wake();
        Array.Copy(traffic.FileStart, file, file.Length);
        Array.Clear(fileFree);
        Array.Fill(crossed, -1000);
    }

    /// <summary>The lane gets its green: its first vehicles have to gain speed.</summary>
    public void Begins(int lane) => place[lane] = 0;

    /// <summary>Their green ends: until those who wait inside have come out, nobody can go who crosses their way.</summary>
    public void HoldBack(int t)
    {
        if (!signals.IsFirstGreen) return;
        for (var lane = 0; lane < WaitingInside.Length; lane++)
        {
            if (WaitingInside[lane] == 0) continue;
            var m = InsideMovement[lane];
            if (Ends(m) < t || double.IsPositiveInfinity(Ends(m))) continue;
            var clear = Ends(m) + WaitingInside[lane] * ComingOutSeconds;
            foreach (var other in tables.Crosses[m])
            {
                if (signals.Opens[other] > t) signals.Opens[other] = Math.Max(signals.Opens[other], clear);
            }
        }
    }

    /// <summary>The lights have changed: looks at every lane again.</summary>
    public void Wake() => Array.Clear(wakes);

    /// <summary>Lets second <paramref name="t"/> pass.</summary>
    /// <returns>Vehicles that wait in it.</returns>
    public double Step(int t)
    {
        Arrive(t);
        Feed(t);
        for (var lane = 0; lane < head.Length; lane++)
        {
            if (wakes[lane] <= t) wakes[lane] = Discharge(lane, t);
        }

        return waiting;
    }

    /// <summary>What those will still cost who are overdue.</summary>
    public double Overdue()
    {
        var sum = 0.0;
        for (var lane = 0; lane < head.Length; lane++)
        {
            var n = Math.Min(arrived[lane], traffic.ComeBefore(lane, DueSeconds)) - head[lane];
            if (n > 0) sum += ToLeave(lane, n);
        }

        return sum;
    }

    /// <summary>What those cost who are left at the end.</summary>
    public double Left()
    {
        var sum = 0.0;
        for (var lane = 0; lane < head.Length; lane++)
        {
            if (head[lane] >= arrived[lane]) continue;
            var n = arrived[lane] - head[lane];
            var wait = signals.Closes[traffic.Turns[head[lane]]] > RolloutRun.HorizonSeconds ? 0 : LaterGreenSeconds;
            sum += n * wait + ToLeave(lane, n);
        }

        return sum * cost.At(RolloutRun.HorizonSeconds);
    }

    /// <summary>What the first so many of a lane wait until they have left in its share of the green.</summary>
    private double ToLeave(int lane, int vehicles) => tables.CycleOfGreen[lane] * traffic.Headways[lane] * vehicles * (vehicles + 1) / 2;

    private void Arrive(int t)
    {
        var vehicles = traffic.Coming;
        for (var until = traffic.ComingUntil[t]; come < until; come++)
        {
            var v = vehicles[come];
            var lane = traffic.LaneOf[v];
            if (v < arrived[lane]) continue;
            var since = t - traffic.Arrivals[v];
            waiting += traffic.Weights[v];
            cost.Add(t, traffic.Weights[v] * (since < 1 ? since : 0));
            arrived[lane] = v + 1;
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
                wakes[lane] = 0;
            }
        }
    }

    /// <returns>The second at which it has to be looked at again, if no light changes and nobody enters before.</returns>
    private int Discharge(int lane, int t)
    {
        yieldsNow[lane] = false;
        if (inside[lane] > 0 && !Clear(lane, t)) return t + 1;
        while (head[lane] < entered[lane])
        {
            var v = head[lane];
            var m = traffic.Turns[v];
            if (signals.Closes[m] + AmberUse.MostSeconds <= t) return Asleep;
            var earliest = Math.Max(Math.Max(arrival[v], free[lane]), t);
            var open = signals.Opens[m];
            if (arrival[v] < open) earliest = Math.Max(earliest, open + Math.Min(DischargeRates.StartUpSeconds, open - arrival[v]));
            if (earliest >= signals.Closes[m] + AmberSeconds(lane, v, earliest)) return Asleep;
            if (earliest >= t + 1) return (int)earliest;
            if (exitFree[tables.ExitOf[m]] > t || IsStuck(signals.Phase, lane)) return t + 1;
            if (signals.Rights[m] == Right.Yielding && Meets(m, earliest))
            {
                yieldsNow[lane] = true;
                return t + 1;
            }

            Go(lane, v, earliest);
            crossed[m] = earliest;
            free[lane] = earliest + (signals.Rights[m] == Right.Protected ? traffic.Headways[lane] : DischargeRates.YieldingHeadwaySeconds);
            Leave(lane, v, t, earliest);
        }

        return Asleep;
    }

    /// <summary>Lets those out who are held inside: one by one as there are gaps, all when their green has ended.</summary>
    /// <returns>The lane is free again.</returns>
    private bool Clear(int lane, int t)
    {
        var m = InsideMovement[lane];
        if (Ends(m) <= t || signals.Rights[m] == Right.Protected)
        {
            waiting -= inside[lane];
            inside[lane] = 0;
            return true;
        }

        if (t < free[lane]) return false;
        if (Meets(m, t))
        {
            yieldsNow[lane] = true;
            return false;
        }

        free[lane] = t + DischargeRates.YieldingHeadwaySeconds;
        waiting--;
        return --inside[lane] == 0;
    }

    private double Ends(int movement) => signals.Closes[movement] + StillComingSeconds;

    private double AmberSeconds(int lane, int v, double leaves) =>
        leaves - traffic.Reach[v] < UnhinderedSeconds ? traffic.AmberSeconds[v] : AmberUse.OfQueue(place[lane]);

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
            cost.Add(t, weight * (at - t));
        }
        else
        {
            arrived[lane] = v + 1;
        }

        if (at - traffic.Arrivals[v] < 1) return;
        cost.AddSpeedingUp(t, SpeedingUpSeconds[place[lane]]);
        if (place[lane] < SpeedingUpSeconds.Length - 1) place[lane]++;
    }

    /// <summary>The lane does not move in spite of green. Turners inside who block it leave when their green ends; whatever else does it may stay.</summary>
    public bool IsStuck(int phase, int lane) => stuck[phase * head.Length + lane] && (signals.IsFirstGreen || Inside[lane] == 0);

    /// <summary>Somebody with priority crosses, or is about to.</summary>
    private bool Meets(int movement, double at)
    {
        foreach (var foe in tables.Foes[movement])
        {
            if (crossed[foe] >= at - GapBehindSeconds) return true;
            if (Ends(foe) <= at || signals.Opens[foe] >= at + GapSeconds) continue;
            if (Comes(foe, at)) return true;
        }

        return false;
    }

    private bool Comes(int foe, double at)
    {
        var lane = tables.LaneOf[foe];
        if (yieldsNow[lane] || IsStuck(signals.Phase, lane)) return false;
        var earliest = free[lane];
        for (var v = head[lane]; v < entered[lane]; v++)
        {
            var m = traffic.Turns[v];
            if (Ends(m) <= at) return false;
            earliest = Math.Max(earliest, arrival[v]);
            if (arrival[v] < signals.Opens[m]) earliest = Math.Max(earliest, signals.Opens[m]);
            if (earliest >= at + GapSeconds || earliest >= Ends(m) || exitFree[tables.ExitOf[m]] > at) return false;
            if (m == foe) return true;
            earliest += traffic.Headways[lane];
        }

        return false;
    }
}
