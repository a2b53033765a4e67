using System.Collections.Immutable;
using TrafficAI.Optimisation.Operation;

namespace TrafficAI.Server.Access;

/// <summary>Somebody who may log in.</summary>
/// <param name="Name">1 to 40 characters of <c>a-z 0-9 . _ -</c>; not the one under which the timetable orders.</param>
/// <param name="Password">As <see cref="Access.Password"/> writes it.</param>
/// <param name="Areas">Ids of the intersections that they may act on; empty for all.</param>
/// <param name="Language">en, ru or kk.</param>
public sealed record Account(string Name, Role Role, string Password, ImmutableArray<string> Areas, string Language)
{
    private const int LongestName = 40;

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text != OperatorDesk.Timetable && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-');
}
