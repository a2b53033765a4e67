namespace TrafficAI.Optimisation;

/// <summary>What a rollout needs to know of an intersection, in plain arrays.</summary>
public sealed class RolloutTables
{
    public RolloutTables(IntersectionModel model)
    {
        var passages = new Passages(model);
        var phases = model.Signals.Phases;
        Phases = phases.Length;
        Movements = model.Movements.Length;
        Lanes = model.Lanes.Length;
        Rights = [.. phases.SelectMany(p => model.Movements.Select(m => model.IsUnopposed(p.Id, m.Index) ? Right.Protected : model.RightOf(p.Id, m.Index)))];
        MinimumSeconds = [.. phases.Select(p => p.MinimumSeconds)];
        PassageSeconds = [.. phases.SelectMany(from => phases.Select(to => model.Signals.PassageSeconds(from.Id, to.Id)))];
        Opens = [.. phases.SelectMany(from => phases.SelectMany(to => passages.Opens(from.Id, to.Id).ToArray()))];
        Closes = [.. phases.SelectMany(from => phases.SelectMany(to => passages.Closes(from.Id, to.Id).ToArray()))];
        LaneOf = [.. model.Movements.Select(m => m.StopLane)];
        ExitOf = [.. model.Movements.Select(m => m.Exit)];
        Foes = [.. model.Movements.Select(m => m.YieldsTo.ToArray())];
        Crosses = [.. model.Movements.Select(m => m.Crosses.ToArray())];
        LanesOf = [.. phases.Select(p => model.Lanes.Where(l => l.Movements.Any(m => model.RightOf(p.Id, m) != Right.None)).Select(l => l.Index).ToArray())];
        CycleOfGreen = [.. model.Lanes.Select(l => Phases / (double)Math.Max(1, phases.Count(p => l.Movements.Any(m => model.RightOf(p.Id, m) != Right.None))))];
        Storage = [.. model.Lanes.Select(l => Math.Max(1, (int)(l.LengthMetres / DischargeRates.JamSpacingMetres)))];
        CrossSeconds = [.. model.Lanes.Select(l => l.LengthMetres / (DischargeRates.FreeSpeedFactor * l.SpeedMetresPerSecond))];
        Walks = [.. phases.SelectMany(p => model.UnseenGroups.Select(g => p.Green[g]))];
        UnseenGroups = model.UnseenGroups.Length;
        Feeders = [.. model.Intersection.ObservedLanes.Where(o => o.StopLanes.Length > 1).Select(o => o.Index)];
        Interval = model.Signals.DecisionIntervalSeconds;
        var pairs = Enumerable.Range(0, Phases * Phases);
        ChangeSeconds = pairs.Where(pair => pair / Phases != pair % Phases).Select(Shortest).DefaultIfEmpty(1).Average();
        ShortestSeconds = [.. pairs.Select(Shortest)];
    }

    /// <summary>The running phase is weighed over at least so many seconds, and over this share of what a change takes: those who come one by one do not
    /// hold up a queue for which all would have to change first.</summary>
    private const int ShortestExtensionSeconds = 3;

    private const double ExtensionOfChange = 0.3;

    public int Phases { get; }

    public int Movements { get; }

    public int Lanes { get; }

    public int UnseenGroups { get; }

    /// <summary>Seconds between the moments at which a phase may be left.</summary>
    public int Interval { get; }

    /// <summary>Phases × movements; one that yields to pedestrians alone counts as protected, since the lane's headway tells of them.</summary>
    public Right[] Rights { get; }

    /// <summary>Per phase.</summary>
    public int[] MinimumSeconds { get; }

    /// <summary>Phases × phases.</summary>
    public int[] PassageSeconds { get; }

    /// <summary>Phases × phases: a phase is weighed over at least so many seconds, when the other one is running.</summary>
    public int[] ShortestSeconds { get; }

    /// <summary>From leaving a phase until the next one may be left, in seconds; the mean over all pairs.</summary>
    public double ChangeSeconds { get; }

    /// <summary>Phases × phases × movements: see <see cref="Passages"/>.</summary>
    public int[] Opens { get; }

    /// <summary>Phases × phases × movements: see <see cref="Passages"/>.</summary>
    public int[] Closes { get; }

    /// <summary>The observed lanes that lead to several stop lanes.</summary>
    public int[] Feeders { get; }

    /// <summary>Per movement its stop lane.</summary>
    public int[] LaneOf { get; }

    /// <summary>Per movement its exit.</summary>
    public int[] ExitOf { get; }

    /// <summary>Per movement those that it gives way to.</summary>
    public int[][] Foes { get; }

    /// <summary>Per movement those from other lanes whose ways cross or merge with its own.</summary>
    public int[][] Crosses { get; }

    /// <summary>Per phase the lanes that it gives green to.</summary>
    public int[][] LanesOf { get; }

    /// <summary>Per lane: seconds that pass for each second of its green when all phases take their turn alike: phases over those that serve it.</summary>
    public double[] CycleOfGreen { get; }

    /// <summary>Per lane: vehicles that find room on it.</summary>
    public int[] Storage { get; }

    /// <summary>Per lane: seconds to drive along it.</summary>
    public double[] CrossSeconds { get; }

    /// <summary>Phases × pedestrian groups: the crossing has green.</summary>
    public bool[] Walks { get; }

    private int ExtensionSeconds => Math.Max(ShortestExtensionSeconds, (int)Math.Round(ExtensionOfChange * ChangeSeconds));

    private int Shortest(int pair)
    {
        var (from, to) = (pair / Phases, pair % Phases);
        return Math.Max(Interval, from == to ? ExtensionSeconds : PassageSeconds[pair] + MinimumSeconds[to]);
    }
}
