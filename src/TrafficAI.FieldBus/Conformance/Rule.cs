namespace TrafficAI.FieldBus.Conformance;

/// <summary>A rule that the kit tests.</summary>
/// <param name="Id">Stable: it never gets another meaning.</param>
/// <param name="Clause">Section of the specification.</param>
/// <param name="Text">What must hold.</param>
public sealed record Rule(string Id, string Clause, string Text)
{
    /// <summary>The part of the id that names the subject: <c>PLAN</c>.</summary>
    public string Subject => Id.Split('-')[1];
}

/// <summary>What became of a rule. The worst that was found counts.</summary>
public enum Verdict
{
    /// <summary>The kit could not look: the reason says what it needs.</summary>
    NotRun,

    /// <summary>The rule asks nothing of this controller.</summary>
    NotApplicable,
    Pass,
    Fail,
}

/// <summary>A rule with its verdict.</summary>
/// <param name="Reason">One line.</param>
public sealed record Finding(Rule Rule, Verdict Verdict, string Reason);
