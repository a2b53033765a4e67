using TrafficAI.Runtime.Events;

namespace TrafficAI.Server.Reading;

/// <summary>A recorded change of the wish, or of what safety makes of it.</summary>
/// <param name="Revision">In the stream of the intersection.</param>
/// <param name="From">The phase that ran.</param>
/// <param name="To">The phase that safety granted.</param>
/// <param name="Wanted">The phase that the strategy wanted.</param>
/// <param name="Guard">The rule of safety that bound; none for nothing.</param>
/// <param name="Saved">What the wish is worth more than staying with the phase that runs, in the strategy's own measure: vehicle-seconds with adaptive control; null where it was not weighed.</param>
/// <param name="Override">Whether a person had ordered it.</param>
public sealed record Decided(
    string Intersection, long Second, long Revision, string From, string To, string Wanted, string Guard, double? Saved, string Strategy, string Reason, bool Override)
{
    /// <param name="revision">Of the event in its stream.</param>
    public static Decided Of(string intersection, PhaseDecided decided, long revision) => new(
        intersection, decided.Second, revision, decided.Running, decided.Granted, decided.Wanted, decided.Bound, SavedBy(decided), decided.Strategy, decided.Reason, decided.Override is not null);

    private static double? SavedBy(PhaseDecided decided) =>
        Worth(decided, decided.Wanted) is { } wish && Worth(decided, decided.Running) is { } stay ? Math.Round(wish - stay, 1) : null;

    private static double? Worth(PhaseDecided decided, string phase)
    {
        foreach (var candidate in decided.Candidates)
        {
            if (candidate.Phase == phase) return candidate.Worth;
        }

        return null;
    }
}

/// <summary>Something that people should look at.</summary>
/// <param name="Kind">violation, level, detector, strategy, incident or link.</param>
public sealed record Alarm(string Intersection, long Second, string Kind, string Text);

/// <summary>An override has begun or ended.</summary>
/// <param name="Order">That has begun; null for an end.</param>
/// <param name="Ended">expired, withdrawn or replaced; null for a beginning.</param>
public sealed record OverrideTold(string Intersection, long Second, OverrideNow? Order, string? Ended);
