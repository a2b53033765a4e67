namespace TrafficAI.FieldBus.Conformance;

/// <summary>The verdicts so far. A failure stays, with the reason that was found first.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, (Verdict Verdict, string Reason)> verdicts = [];
    private readonly Dictionary<string, string> obstacles = [];

    public void Pass(string id, string reason) => Set(id, Verdict.Pass, reason);

    public void Fail(string id, string reason) => Set(id, Verdict.Fail, reason);

    public void NotApplicable(string id, string reason) => Set(id, Verdict.NotApplicable, reason);

    public void NotRun(string id, string reason) => Set(id, Verdict.NotRun, reason);

    /// <summary>Passes or fails.</summary>
    /// <returns>Whether it holds.</returns>
    public bool Check(string id, bool holds, string found)
    {
        Set(id, holds ? Verdict.Pass : Verdict.Fail, found);
        return holds;
    }

    public bool Has(string id, Verdict verdict) => verdicts.TryGetValue(id, out var found) && found.Verdict == verdict;

    /// <summary>Why rules of a subject may have stayed without a verdict.</summary>
    public void Obstacle(string subject, string reason) => obstacles.TryAdd(subject, reason);

    /// <summary>Every rule in its order.</summary>
    public IReadOnlyList<Finding> All() => [.. Catalogue.Rules.Select(rule => verdicts.TryGetValue(rule.Id, out var found)
        ? new Finding(rule, found.Verdict, found.Reason)
        : new Finding(rule, Verdict.NotRun, obstacles.GetValueOrDefault(rule.Subject, "nothing in this run showed it")))];

    private void Set(string id, Verdict verdict, string reason)
    {
        if (!Catalogue.Knows(id)) throw new ArgumentException($"No rule is called {id}.", nameof(id));
        if (!verdicts.TryGetValue(id, out var known) || verdict > known.Verdict) verdicts[id] = (verdict, reason);
    }
}
