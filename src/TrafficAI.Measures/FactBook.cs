using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>What happens seldom: decisions, requests, faults, with their seconds.</summary>
internal sealed class FactBook
{
    private readonly SortedDictionary<string, List<long>> decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> running = new(StringComparer.Ordinal);
    private readonly List<(long Second, ObjectClass Class, string State)> requests = [];
    private bool preempts;

    /// <summary>Per detector what is wrong with it, as "detector condition".</summary>
    public Ledger Detectors { get; } = new();

    public Ledger Levels { get; } = new();

    public Ledger Incidents { get; } = new();

    public Ledger Held { get; } = new();

    public Ledger Overrides { get; } = new();

    public IReadOnlyCollection<string> Strategies => [.. decisions.Select(d => d.Key)];

    public bool HasDecisions => decisions.Count > 0;

    /// <returns>An emergency vehicle is served from here on.</returns>
    public bool Decide(Fact.Decided decided)
    {
        if (!decisions.TryGetValue(decided.Strategy, out var of)) decisions.Add(decided.Strategy, of = []);
        of.Add(decided.Second);
        var begins = decided.IsPreemption && !preempts;
        preempts = decided.IsPreemption;
        return begins;
    }

    public void Take(Fact fact)
    {
        switch (fact)
        {
            case Fact.DetectorChanged changed when changed.Condition == "good": Detectors.End(changed.Detector, changed.Second); break;
            case Fact.DetectorChanged changed: Detectors.Begin(changed.Detector, changed.Second); break;
            case Fact.LevelChanged changed: Level(changed); break;
            case Fact.IncidentChanged { Blocked: true } found: Incidents.Begin(found.Lane, found.Second); break;
            case Fact.IncidentChanged ended: Incidents.End(ended.Lane, ended.Second); break;
            case Fact.PlanningChanged { IsHeld: true }: Held.Begin("", fact.Second); break;
            case Fact.PlanningChanged: Held.End("", fact.Second); break;
            case Fact.OverrideChanged { IsBegun: true }: Overrides.Begin("", fact.Second); break;
            case Fact.OverrideChanged: Overrides.End("", fact.Second); break;
            case Fact.PriorityAsked asked when !running.ContainsKey(asked.Request):
                running[asked.Request] = requests.Count;
                requests.Add((asked.Second, asked.Class, ""));
                break;
            case Fact.PriorityAnswered answered: Answer(answered); break;
        }
    }

    /// <summary>Decisions that changed something, of a strategy.</summary>
    public int Decided(string strategy, long from, long to) => decisions.TryGetValue(strategy, out var of) ? of.Count(s => s >= from && s < to) : 0;

    /// <summary>Requests of buses, or of emergency vehicles, asked in [from, to): how many, and how many were served.</summary>
    public (int Asked, int Served) Requests(long from, long to)
    {
        var own = requests.Where(r => r.Second >= from && r.Second < to).ToList();
        return (own.Count, own.Count(r => r.State is "completed"));
    }

    public void Forget(long before)
    {
        foreach (var (_, of) in decisions) of.RemoveAll(second => second < before);
        foreach (var ledger in new[] { Detectors, Levels, Incidents, Held, Overrides }) ledger.Forget(before);
    }

    private void Level(Fact.LevelChanged changed)
    {
        if (!Levels.Names.Any()) Levels.Begin(changed.From, long.MinValue);
        Levels.End(changed.From, changed.Second);
        Levels.Begin(changed.To, changed.Second);
    }

    /// <summary>Both streams may tell of a request first.</summary>
    private void Answer(Fact.PriorityAnswered answered)
    {
        if (!running.TryGetValue(answered.Request, out var at))
        {
            running[answered.Request] = at = requests.Count;
            requests.Add((answered.Second, ObjectClass.Other, answered.State));
        }
        else requests[at] = requests[at] with { State = answered.State };
    }
}
