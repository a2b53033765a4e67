using System.Collections.Immutable;

namespace TrafficAI.Server.Access;

/// <summary>Somebody who has been let in.</summary>
/// <param name="Areas">Ids of the intersections that they may act on; empty for all.</param>
/// <param name="Language">en, ru or kk.</param>
public sealed record Session(string User, Role Role, ImmutableArray<string> Areas, string Language)
{
    /// <summary>Who sits at the machine itself, where no accounts are kept.</summary>
    public static Session Local { get; } = new("local", Role.Operator, [], "en");

    /// <summary>Whether they may act on an intersection.</summary>
    public bool Covers(string intersection) => Areas.IsEmpty || Areas.Contains(intersection);
}
