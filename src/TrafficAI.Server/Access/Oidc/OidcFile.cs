using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrafficAI.Server.Access.Oidc;

/// <summary>What members of a group may do here.</summary>
/// <param name="Value">Of the claim.</param>
/// <param name="Areas">Ids of the intersections that they may act on; empty for all.</param>
public sealed record OidcRole(string Value, Role Role, ImmutableArray<string> Areas);

/// <summary>The identity provider of an organisation, and what its people may do here: the file of <c>--oidc</c>, documented in docs/access.md.</summary>
/// <param name="Authority">Where the provider is; https, or a loopback address.</param>
/// <param name="Secret">Of the client; null for a client without one.</param>
/// <param name="RoleClaim">The claim that tells the role.</param>
/// <param name="NameClaim">The claim under whose value people are recorded; one that they cannot change themselves.</param>
/// <param name="Scopes">Asked for besides <c>openid</c>.</param>
/// <param name="Roles">At least one.</param>
public sealed record OidcFile(
    Uri Authority, string ClientId, string? Secret, string RoleClaim, string NameClaim, ImmutableArray<string> Scopes, ImmutableArray<OidcRole> Roles)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the file and the secret that it names.</summary>
    /// <param name="variable">Tells an environment variable; null for one that is not set.</param>
    /// <exception cref="AccountsException">It cannot be used.</exception>
    public static OidcFile Read(string path, Func<string, string?> variable)
    {
        try
        {
            var file = JsonSerializer.Deserialize<File>(System.IO.File.ReadAllText(path), Json) ?? throw new JsonException("It says null.");
            return Checked(path, file, SecretOf(path, file, variable));
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AccountsException($"{path}: there is no such file. docs/access.md shows what stands in it.");
        }
        catch (JsonException e)
        {
            throw new AccountsException($"{path}: {e.Message.ReplaceLineEndings(" ")} See docs/access.md for what may stand here.");
        }
    }

    private static OidcFile Checked(string path, File file, string? secret)
    {
        if (!Uri.TryCreate(file.Authority, UriKind.Absolute, out var authority) || !IsSafe(authority))
            throw new AccountsException($"{path}: authority '{file.Authority}' is no https:// address. Whoever sits between could log in as anybody; http:// is good on loopback only.");
        if (file.ClientId.Length == 0) throw new AccountsException($"{path}: clientId is empty. Register this server with the provider.");
        if (file.Roles.Count == 0) throw new AccountsException($"{path}: roles is empty, so that nobody could log in. Say which value of '{file.RoleClaim}' gives which role.");
        return new(
            authority, file.ClientId, secret, file.RoleClaim, file.NameClaim, [.. file.Scopes ?? ["profile"]],
            [.. file.Roles.Select(row => new OidcRole(row.Value, row.Role, [.. row.Areas ?? []]))]);
    }

    private static string? SecretOf(string path, File file, Func<string, string?> variable) => (file.SecretVariable, file.SecretFile) switch
    {
        (null, null) => null,
        ({ } name, null) => variable(name) is { Length: > 0 } secret ? secret : throw new AccountsException($"{path}: the environment variable {name} is not set. Put the client's secret there."),
        (null, { } from) => SecretIn(path, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, from)),
        _ => throw new AccountsException($"{path}: both secretVariable and secretFile are given. Keep one."),
    };

    private static string SecretIn(string path, string from)
    {
        try
        {
            return System.IO.File.ReadAllText(from).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccountsException($"{path}: secretFile {from} cannot be read: {e.Message.ReplaceLineEndings(" ")} Put the client's secret there.");
        }
    }

    private static bool IsSafe(Uri authority) =>
        authority.UserInfo.Length == 0
        && (authority.Scheme == "https" || (authority.Scheme == "http" && (authority.Host == "localhost" || (IPAddress.TryParse(authority.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)))));

    private sealed record File(string Authority, string ClientId, List<Row> Roles)
    {
        public string? SecretVariable { get; init; }

        public string? SecretFile { get; init; }

        public string RoleClaim { get; init; } = "groups";

        public string NameClaim { get; init; } = "preferred_username";

        public List<string>? Scopes { get; init; }
    }

    private sealed record Row(string Value, Role Role)
    {
        public List<string>? Areas { get; init; }
    }
}
