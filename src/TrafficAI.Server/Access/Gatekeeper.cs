using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Access;

/// <summary>Lets requests through to the endpoints that their role may use.</summary>
/// <param name="accounts">Who may log in; null where only this machine can reach the server, and who sits there is let in.</param>
/// <param name="isSecure">Whether browsers reach the server by HTTPS.</param>
internal sealed class Gatekeeper(AccountsFile? accounts, Sessions sessions, bool isSecure)
{
    /// <summary>No form of another site can send it.</summary>
    public const string CsrfHeader = "X-CSRF";

    private static readonly object Key = new();

    /// <summary>Name of the cookie: with HTTPS one that no other host or path can have set.</summary>
    public string CookieName => isSecure ? "__Host-trafficai" : "trafficai";

    public CookieOptions Cookie => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = isSecure, Path = "/", IsEssential = true };

    public AccountsFile? Accounts => accounts;

    /// <summary>Who asks; null for nobody who is known.</summary>
    public Session? Of(HttpContext context) =>
        accounts is null ? Session.Local : sessions.Find(context.Request.Cookies[CookieName]);

    /// <summary>What limits count: a session where somebody is logged in, since a room full of them may stand behind one address; else the address.</summary>
    public string ClientOf(HttpContext context) => accounts is not null && sessions.KeyOf(context.Request.Cookies[CookieName]) is { } key
        ? $"session {key}"
        : AddressOf(context);

    /// <summary>Where a request comes from.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Who was let through to an endpoint.</summary>
    public static Session Passed(HttpContext context) => (Session)context.Items[Key]!;

    /// <summary>Refuses whom the endpoint does not allow, and unsafe requests that another site may have sent.</summary>
    public void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint) return next(context);
        CheckOrigin(context.Request);
        if (endpoint.Metadata.GetMetadata<Allowed>() is not { } allowed) return next(context);
        var session = Of(context) ?? throw new ApiException(401, "Nobody is logged in", "This needs a session.", "Log in: POST /api/v1/session with user and password.");
        if (session.Role < allowed.Least)
        {
            throw ApiException.Forbidden(
                $"The role {session.Role.ToString().ToLowerInvariant()} may not do this.", $"Ask somebody with the role {allowed.Least.ToString().ToLowerInvariant()}.");
        }

        context.Items[Key] = session;
        return next(context);
    });

    private static void CheckOrigin(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return;
        if (request.Headers[CsrfHeader] != "1")
            throw ApiException.Forbidden($"The header {CsrfHeader} is missing.", $"Send {CsrfHeader}: 1.");
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" || !IsOwn(request))
            throw ApiException.Forbidden("The request comes from another site.", "Use the dashboard's own address.");
    }

    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
