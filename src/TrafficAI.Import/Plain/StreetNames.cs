using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Plain;

/// <summary>Tells which street of a junction a road belongs to. Names differ by language, case ending and spelling, so their beginnings decide.</summary>
internal static class StreetNames
{
    private static readonly string[] Kinds = ["проспект", "улица", "бульвар", "даңғылы", "көшесі", "бульвары", "батыра", "батыр"];

    /// <summary>Letters of a case ending, such as in Абай and Абая.</summary>
    private const int LongestEnding = 2;

    /// <summary>Letters after which another suffix makes no other name, such as in Байтурсынов and Байтурсынулы.</summary>
    private const int SurelyTheSame = 6;

    /// <summary>The street that the name fits best; null where it fits neither.</summary>
    public static SiteStreet? Find(SiteJunction junction, Road road)
    {
        var (a, b) = (Likeness(road.Name, junction.A), Likeness(road.Name, junction.B));
        return Math.Max(a, b) == 0 ? null : a >= b ? junction.A : junction.B;
    }

    /// <summary>Letters that a name shares with a street's, from the beginning of a word; 0 where less than most of a word agrees.</summary>
    public static int Likeness(string name, SiteStreet street) =>
        Words(name).SelectMany(word => Words(street.Ru).Concat(Words(street.Kk)), Shared).Append(0).Max();

    private static int Shared(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length]) length++;
        return length >= SurelyTheSame || length >= 3 && length >= Math.Min(a.Length, b.Length) - LongestEnding ? length : 0;
    }

    private static IEnumerable<string> Words(string name) =>
        name.ToLowerInvariant().Split([' ', '(', ')', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 3 && !Kinds.Contains(word));
}
