using TrafficAI.Optimisation.Operation;

namespace TrafficAI.Server.Api;

/// <summary>Reasons that people give.</summary>
internal static class Reasons
{
    /// <exception cref="ApiException">It is too short, too long, or has control characters in it.</exception>
    public static void Check(string? reason)
    {
        if (reason?.Trim().Length is not (>= OperatorDesk.ShortestReason and <= OperatorDesk.LongestReason) || reason.Any(char.IsControl))
        {
            throw ApiException.BadInput(
                FormattableString.Invariant($"A reason has {OperatorDesk.ShortestReason} to {OperatorDesk.LongestReason} characters on one line."), "Say in a few words why: others will read it.");
        }
    }
}
