using System.Text.Json.Serialization;

namespace TrafficAI.Server.Safety;

/// <summary>A change of safety data that an engineer proposes.</summary>
/// <param name="Intersection">Its id.</param>
/// <param name="What">minimumGreen or crossingWidth of a group, intergreen between two groups, or maximumRed of the intersection.</param>
/// <param name="Value">Seconds; metres of a crossing.</param>
/// <param name="Reason">Why, in 10 to 500 characters.</param>
/// <param name="Group">Index of the signal group; of an intergreen the one that ends. Null for maximumRed.</param>
/// <param name="To">Of an intergreen the index of the group that starts; else null.</param>
public sealed record SafetyChange(
    [property: JsonRequired] string Intersection,
    [property: JsonRequired] string What,
    [property: JsonRequired] double Value,
    [property: JsonRequired] string Reason,
    int? Group = null,
    int? To = null);

/// <summary>A proposal and what has become of it.</summary>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ProposedAt">ISO 8601 in UTC.</param>
/// <param name="ApprovedBy">Another engineer; null while none has approved.</param>
/// <param name="ApprovedAt">ISO 8601 in UTC.</param>
public sealed record SafetyProposal(string Id, SafetyChange Change, string ProposedBy, string ProposedAt, string? ApprovedBy, string? ApprovedAt)
{
    /// <summary>Whether it is in the file for the next start.</summary>
    public bool IsApproved => ApprovedBy is not null;
}
