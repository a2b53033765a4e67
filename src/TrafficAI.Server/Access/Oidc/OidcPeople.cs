using System.Security.Claims;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Server.Access.Oidc;

/// <summary>Somebody whom the provider knows has no business here. The message is one line.</summary>
public sealed class OidcRefusedException(string message) : Exception(message);

/// <summary>Turns what a provider says of somebody into a session.</summary>
public static class OidcPeople
{
    /// <summary>Who it is, and what they may do: the highest role that one of their values gives, in the areas of all values that give it.</summary>
    /// <returns>A session whose name holds an @: no local account can have it.</returns>
    /// <exception cref="OidcRefusedException">They have no role here, or no name that can be recorded.</exception>
    public static Session SessionOf(ClaimsPrincipal person, OidcFile file)
    {
        var values = person.FindAll(file.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var given = file.Roles.Where(row => values.Contains(row.Value)).ToList();
        var name = NameOf(person, file);
        if (given.Count == 0) throw new OidcRefusedException($"{name} has no role here");
        var role = given.Max(row => row.Role);
        var rows = given.Where(row => row.Role == role).ToList();
        return new(name, role, rows.Any(row => row.Areas.IsEmpty) ? [] : [.. rows.SelectMany(row => row.Areas).Distinct().Order(StringComparer.Ordinal)], LanguageOf(person));
    }

    /// <summary>ASCII is asked for before letters are made small: other letters have small ones in ASCII too.</summary>
    private static string NameOf(ClaimsPrincipal person, OidcFile file)
    {
        var claim = person.FindFirstValue(file.NameClaim) ?? throw new OidcRefusedException($"the provider tells no '{file.NameClaim}'");
        if (file.NameClaim == "email" && person.FindFirstValue("email_verified") != "true") throw new OidcRefusedException("the provider has not verified the e-mail address");
        var own = $"@{file.Authority.Host}";
        var name = claim.Contains('@') ? claim : claim + own;
        if (claim.Length == 0 || name.Length > OperatorDesk.LongestName || !claim.All(IsPlain)) throw new OidcRefusedException($"'{file.NameClaim}' is no name that can be recorded");
        if (claim.EndsWith(own, StringComparison.OrdinalIgnoreCase)) throw new OidcRefusedException($"'{file.NameClaim}' ends in {own}, as the names of others do who have no @");
        return name.ToLowerInvariant();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '@';

    private static string LanguageOf(ClaimsPrincipal person) =>
        person.FindFirstValue("locale") is { Length: >= 2 } locale && Language.Of(locale[..2]) is { } known ? known.Code : Language.All[0].Code;
}
