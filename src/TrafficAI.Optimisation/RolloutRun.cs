namespace TrafficAI.Optimisation;

/// <summary>Runs the traffic of an intersection on for a while under a first choice and the base policy after it, and says what the
/// waiting costs.</summary>
/// <remarks>See <see cref="RolloutQueues"/> for the street and <see cref="RolloutIndex"/> for the base policy, which is asked every
/// <see cref="DecisionSeconds"/>.</remarks>
public sealed class RolloutRun
{
    /// <summary>A rollout looks so far ahead.</summary>
    public const int HorizonSeconds = 90;

    /// <summary>From this second on a run might as well end, and what those will cost who are overdue counts a little at each of these ends.</summary>
    private const int FirstEndSecond = 30;

    private const int EndSpacingSeconds = 5;

    /// <summary>With the discount all ends together come to seven tenths where a change takes 20 s, to a fifth where it takes 8 s.</summary>
    private const double EndWeight = 0.15;

    /// <summary>The base policy is asked so often.</summary>
    private const int DecisionSeconds = 2;

    private readonly RolloutTables tables;
    private readonly RolloutTraffic[] futures;
    private readonly RolloutCost cost;
    private readonly RolloutSignals signals;
    private readonly RolloutQueues queues;
    private readonly RolloutIndex index;
    private long startSecond;
    private int nextDecision;
    private double left;

    /// <param name="futures">One for each sample.</param>
    public RolloutRun(IntersectionModel model, RolloutTables tables, RolloutTraffic[] futures)
    {
        this.tables = tables;
        this.futures = futures;
        cost = new(tables.ChangeSeconds);
        signals = new(tables, cost);
        queues = new(model.ExitDetectors.Length, tables, futures[0], signals, cost);
        index = new(tables, signals, queues);
    }

    /// <summary>Phases that began in the last run, with the second of their passage; at most <see cref="Begun"/>.</summary>
    public (int Phase, int Second)[] Started { get; } = new (int, int)[HorizonSeconds];

    public int Begun { get; private set; }

    /// <summary>Per exit: seconds until something fits in again.</summary>
    public Span<double> ExitFreeSeconds => queues.ExitFreeSeconds;

    /// <summary>Per lane: turners who are held inside the junction, and block it.</summary>
    public Span<int> Inside => queues.Inside;

    /// <summary>Per lane: all who have to come out before others may cross their way.</summary>
    public Span<int> WaitingInside => queues.WaitingInside;

    /// <summary>Per lane: the movement of those inside.</summary>
    public Span<int> InsideMovement => queues.InsideMovement;

    /// <summary>Phases × lanes: the lane does not move in spite of green.</summary>
    public Span<bool> Stuck => queues.Stuck;

    /// <summary>Sets what is shown at the beginning of all runs.</summary>
    public void Begin(IntersectionModel model, in Situation situation)
    {
        startSecond = situation.ActsAt;
        signals.Begin(model, situation);
    }

    /// <summary>Runs once.</summary>
    /// <param name="first">The phase to go to; the running one to hold it.</param>
    /// <param name="holdSeconds">Seconds before the base policy may leave the running phase.</param>
    /// <param name="sample">Which of the futures.</param>
    /// <param name="limit">A run that costs more is broken off.</param>
    /// <param name="course">Written.</param>
    /// <returns>Vehicle-seconds of waiting, later ones discounted.</returns>
    public double Run(int first, int holdSeconds, int sample, double limit, RolloutCourse course)
    {
        Begun = 0;
        course.Clear();
        cost.Reset();
        signals.Reset();
        queues.Reset(futures[sample]);
        if (first != signals.StartPhase) Switch(0, first);
        else nextDecision = FirstQuestion(first, holdSeconds);
        for (var t = 0; t < HorizonSeconds; t++)
        {
            if (t >= nextDecision) Decide(t, course);
            if (signals.Next >= 0 && t >= signals.PhaseFrom) Settle();
            cost.AddSecond(t, queues.Step(t), signals.Walkers(t));
            if (t >= FirstEndSecond && t % EndSpacingSeconds == 0) cost.AddOverdue(t, EndWeight * queues.Overdue());
            course.Add(cost.Sum);
            if (cost.Sum > limit) return cost.Sum;
        }

        left = queues.Left();
        var all = cost.Sum + left;
        course.Complete(all);
        return all;
    }

    /// <summary>What the last run cost, by kind, if it was not broken off.</summary>
    public CostParts Parts() => new(cost.Sum - cost.Pedestrians - cost.SpeedingUp - cost.Overdue, cost.Pedestrians, cost.SpeedingUp, left + cost.Overdue);

    /// <summary>The second of a run in which the base policy is first asked when the running phase is held.</summary>
    public int FirstQuestion(int phase, int holdSeconds) =>
        AtInterval(Math.Max(holdSeconds, tables.MinimumSeconds[phase] - signals.StartElapsed));

    private void Decide(int t, RolloutCourse course)
    {
        if (signals.Next >= 0) Settle();
        if (Begun == 0) course.Ask(t);
        var best = index.Best(t);
        if (best != signals.Phase) Switch(t, best);
        else nextDecision = AtInterval(t + DecisionSeconds);
    }

    private void Switch(int t, int to)
    {
        if (Begun < Started.Length) Started[Begun++] = (to, t);
        signals.Switch(t, to, queues);
        queues.HoldBack(t);
        queues.Wake();
        nextDecision = AtInterval(signals.PhaseFrom + tables.MinimumSeconds[to]);
    }

    private void Settle()
    {
        signals.Settle();
        queues.Wake();
    }

    private int AtInterval(int t)
    {
        if (tables.Interval == 1) return t;
        var rest = (int)((startSecond + t) % tables.Interval);
        return rest == 0 ? t : t + tables.Interval - rest;
    }
}
