using System.Collections.Immutable;
using TrafficAI.Import.Roads;

namespace TrafficAI.Import.Table;

/// <summary>How it is known that a junction has a light.</summary>
public enum SignalStatus
{
    /// <summary>Nothing says that it has one.</summary>
    Unknown,

    /// <summary>It is likely, from the roads that meet there.</summary>
    Inferred,

    /// <summary>Somebody has seen it, or a source tells of it.</summary>
    Documented,
}

/// <summary>A row of the junction table: two streets that meet.</summary>
/// <param name="Id">Becomes the id of the signal.</param>
/// <param name="Status">Whether there is a light.</param>
/// <param name="StatusSource">The table's own words for it.</param>
/// <param name="HasPedestrianPhase">The source tells of a phase in which only pedestrians go.</param>
/// <param name="Source">Where the row comes from.</param>
public sealed record SiteJunction(
    string Id, GeoPoint Place, SiteStreet A, SiteStreet B, SignalStatus Status, string StatusSource, bool HasPedestrianPhase, string Source);

/// <summary>A street at a junction.</summary>
/// <param name="Key">Short name in Latin letters.</param>
/// <param name="Ru">Russian name; may be empty.</param>
/// <param name="Kk">Kazakh name; may be empty.</param>
/// <param name="Lanes">What is known of its lanes, in words; empty for nothing.</param>
public sealed record SiteStreet(string Key, string Ru, string Kk, string Lanes)
{
    private static readonly ImmutableArray<(string Russian, string English)> Kinds =
        [("проспект", "Avenue"), ("бульвар", "Boulevard"), ("улица", "Street")];

    /// <summary>English name, from the key and the kind of street.</summary>
    public string En
    {
        get
        {
            var words = Key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
            var kind = Kinds.FirstOrDefault(pair => Ru.Contains(pair.Russian, StringComparison.OrdinalIgnoreCase)).English;
            return string.Join(' ', kind is null ? words : words.Append(kind));
        }
    }
}
