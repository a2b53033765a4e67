namespace TrafficAI.Signals;

/// <summary>A violation, with the groups, the second and the rule.</summary>
/// <param name="GroupA">Index of the group; of the one that ended, for an intergreen.</param>
/// <param name="GroupB">Index of the other group; −1 where the rule concerns one.</param>
/// <param name="Text">One line for people; groups are counted from 1.</param>
public sealed record Violation(long Second, SafetyRule Rule, int GroupA, int GroupB, string Text);
