using System.Text.Json.Serialization;

namespace TrafficAI.Server.Safety;

/// <summary>A change of safety data that an engineer proposes.</summary>
/// <param name="Intersection">Its id.</param>
/// <param name="What">minimumGreen or crossingWidth of a group, intergreen between two groups, or maximumRed of the intersection; null for what <paramref name="Change"/> says in words.</param>
/// <param name="Group">Index of the signal group; of an intergreen the one that ends. Null for maximumRed.</param>
/// <param name="To">Of an intergreen the index of the group that starts; else null.</param>
/// <param name="Value">Seconds; metres of a crossing. Null without <paramref name="What"/>.</param>
/// <param name="Change">In words, where it is no figure of signals.json: nothing is computed from it, and who keeps the file writes it in. Null with <paramref name="What"/>.</param>
/// <param name="Reason">Why, in 10 to 500 characters.</param>
public sealed record SafetyChange(
    [property: JsonRequired] string Intersection,
    [property: JsonRequired] string Reason,
    string? What = null,
    int? Group = null,
    int? To = null,
    double? Value = null,
    string? Change = null)
{
    /// <summary>In a line for people.</summary>
    public string Text => What switch
    {
        null => Change!,
        "maximumRed" => FormattableString.Invariant($"maximumRed: {Value} s"),
        "intergreen" => FormattableString.Invariant($"intergreen from group {Group + 1} to group {To + 1}: {Value} s"),
        "crossingWidth" => FormattableString.Invariant($"crossingWidth of group {Group + 1}: {Value} m"),
        _ => FormattableString.Invariant($"minimumGreen of group {Group + 1}: {Value} s"),
    };
}

/// <summary>A proposal and what has become of it.</summary>
/// <param name="Change">In a line for people.</param>
/// <param name="Asked">What is proposed.</param>
/// <param name="Second">The newest street second when it was proposed; null before the first.</param>
/// <param name="State">proposed or approved.</param>
/// <param name="ApprovedBy">Another engineer; null while none has approved.</param>
public sealed record SafetyProposal(
    string Id, string Intersection, string Change, SafetyChange Asked, string Reason, string ProposedBy, long? Second, string State, string? ApprovedBy)
{
    /// <summary>Whether it is in force from the next start on.</summary>
    public bool IsApproved => ApprovedBy is not null;
}
