namespace TrafficAI.Optimisation;

/// <summary>For how long after the end of green a vehicle still passes: as long as it could not stop any more.</summary>
/// <remarks>A vehicle of speed v that is d before the line passes if d is less than v² / 2b + τ v, b being how hard it brakes and τ how long it takes
/// to begin; see Gazis, Herman and Maradudin (1960), The problem of the amber signal light in traffic flow, Operations Research 8. τ is chosen for
/// those who stop whenever they can, as SUMO's do (its steps of a second save half a second on the way). To believe in more passes than there are
/// is what a rollout takes every advantage of, so that it changes too often: docs/results.md.</remarks>
public static class AmberUse
{
    /// <summary>Nobody passes later.</summary>
    public const double MostSeconds = 2;

    private const double Braking = 4.5;
    private const double ReactionSeconds = -0.5;

    /// <summary>One that comes to the line sooner is judged by the speed that it has, others by the one that they will have.</summary>
    private const double NearSeconds = 1.2;

    /// <summary>Per place in a queue, the last one for all behind.</summary>
    private static readonly double[] OfPlace = [.. Enumerable.Range(0, 6).Select(place => OfSpeed(SpeedFromRest(1 + place * DischargeRates.JamSpacingMetres)))];

    /// <summary>Of a vehicle that passes the line unhindered.</summary>
    /// <param name="metresPerSecond">At the line.</param>
    /// <returns>0 to <see cref="MostSeconds"/>.</returns>
    public static double OfSpeed(double metresPerSecond) => Math.Clamp(metresPerSecond / (2 * Braking) + ReactionSeconds, 0, MostSeconds);

    /// <summary>Of a vehicle that is seen, if nothing is in its way.</summary>
    /// <param name="metres">To the line.</param>
    /// <param name="metresPerSecond">Now.</param>
    /// <param name="limit">Nobody is faster, in metres per second.</param>
    /// <returns>0 to <see cref="MostSeconds"/>.</returns>
    public static double Of(double metres, double metresPerSecond, double limit)
    {
        var now = Math.Min(metresPerSecond, limit);
        var atLine = Math.Min(limit, Math.Sqrt(now * now + 2 * DischargeRates.SpeedingUp * metres));
        var mean = (now + atLine) / 2;
        return mean > 0 && metres < NearSeconds * mean ? OfSpeed(now) * now / mean : OfSpeed(atLine);
    }

    /// <summary>Of one that leaves a queue.</summary>
    /// <param name="place">How many have left it before; 0 or more.</param>
    public static double OfQueue(int place) => OfPlace[Math.Min(place, OfPlace.Length - 1)];

    private static double SpeedFromRest(double metres) => Math.Sqrt(2 * DischargeRates.SpeedingUp * metres);
}
