using System.Globalization;
using TrafficAI.FieldBus;

namespace TrafficAI.Runtime;

/// <summary>What the buses of a simulated street say when they ask for priority.</summary>
/// <param name="Persons">Aboard, 0 to 500.</param>
/// <param name="LateSeconds">At most an hour; negative when early.</param>
public readonly record struct BusLoad(int Persons, int LateSeconds)
{
    /// <returns>Null where these are no such numbers.</returns>
    public static BusLoad? TryRead(string persons, string late) =>
        int.TryParse(persons, NumberStyles.None, CultureInfo.InvariantCulture, out var aboard) && aboard <= WireLimits.Persons
        && int.TryParse(late, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var behind) && Math.Abs((long)behind) <= WireLimits.LeaseSeconds
            ? new(aboard, behind)
            : null;
}
