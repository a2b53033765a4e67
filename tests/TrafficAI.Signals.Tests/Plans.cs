namespace TrafficAI.Signals.Tests;

/// <summary>Plans as only a broken optimiser or a broken wire would send them.</summary>
internal static class Plans
{
    /// <param name="now">The street second that is about to begin.</param>
    public static PhasePlan Any(Chance chance, IntersectionSignals signals, long now) => new(
        new(chance.OneIn(20) ? "other" : "J"),
        now - chance.Between(-3, 8),
        0,
        chance.OneIn(10) ? chance.Between(0, 3) : 1,
        chance.OneIn(5) ? chance.Between(0, 100) : now + 1000,
        chance.Between(0, 30),
        now,
        1,
        [.. Enumerable.Range(0, chance.Below(4)).Select(i => new PlanEntry(
            new(chance.OneIn(20) ? 99 : chance.Between(1, signals.Phases.Length)), now, now + chance.Between(-5, 10) + 5 * i, now + 50))])
    {
        AllRedUntil = chance.OneIn(2) ? now + chance.Between(-5, 30) : long.MinValue,
    };
}
