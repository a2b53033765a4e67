using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Runtime.Explain;
using TrafficAI.Server.Access.Oidc;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Access;

/// <summary>Logging in and out.</summary>
/// <param name="hasProvider">Whether people may log in with an organisation too.</param>
internal sealed class SessionApi(Gatekeeper gate, Sessions sessions, Lockout lockout, ControlLog control, bool hasProvider) : IDisposable
{
    private const int HashesAtOnce = 2;

    private readonly SemaphoreSlim hashing = new(HashesAtOnce);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", (HttpContext context) => gate.Of(context) is { } session ? Results.Json(Told(session), Json.Options) : Stranger()).WithSummary("Who is logged in, and how one can").Produces<SessionTold>();
        api.MapPost("/session", (HttpContext context, Credentials credentials) => LoginAsync(context, credentials)).WithSummary("Log in").Produces<SessionTold>().RequireRateLimiting(RateLimits.Login);
        api.MapDelete("/session", (Delegate)LogoutAsync).WithSummary("Log out").Produces(204);
        api.MapGet("/session/oidc", (Delegate)LeaveAsync).WithSummary("Log in with the organisation: leads a browser to its identity provider").Produces(302).RequireRateLimiting(RateLimits.Redirect);
        api.MapGet("/session/oidc/callback", (Delegate)LeaveAsync).WithSummary("Where the identity provider sends the browser back to").Produces(302).RequireRateLimiting(RateLimits.Redirect);
    }

    /// <summary>Lets somebody in, records it, and gives the browser its cookie.</summary>
    /// <param name="detail">How they became known.</param>
    public async Task BeginAsync(HttpContext context, Session session, string detail)
    {
        await control.RecordAsync(session.User, session.Role, "login", Gatekeeper.AddressOf(context), isDone: true, detail);
        sessions.End(context.Request.Cookies[gate.CookieName]);
        context.Response.Cookies.Append(gate.CookieName, sessions.Begin(session), gate.Cookie);
    }

    /// <summary>Records that somebody whom no account names was not let in.</summary>
    public Task RefuseAsync(HttpContext context, string why) => control.RecordAsync(ControlLog.Nobody, null, "login", Gatekeeper.AddressOf(context), isDone: false, why);

    public void Dispose() => hashing.Dispose();

    private async Task<IResult> LoginAsync(HttpContext context, Credentials credentials)
    {
        if (gate.Accounts is not { } accounts) return Results.Json(Told(Session.Local), Json.Options);
        var address = Gatekeeper.AddressOf(context);
        var tried = LogWindow.Shortened(credentials.User);
        if (lockout.IsLocked(tried, address))
            throw new ApiException(429, "Too many failed logins", "This name or address has failed too often.", FormattableString.Invariant($"Wait {Lockout.Window.TotalMinutes} minutes."));
        var account = accounts.Find(credentials.User);
        if (!await VerifyAsync(credentials.Password, account?.Password, context.RequestAborted) || account is null)
        {
            lockout.Fail(tried, address);
            await control.RecordAsync(account?.Name ?? ControlLog.Nobody, null, "login", address, isDone: false, "wrong name or password");
            throw new ApiException(401, "The login failed", "The name or the password is wrong.", "Try again, or ask an administrator for a new password.");
        }

        lockout.Succeed(tried, address);
        var session = new Session(account.Name, account.Role, account.Areas, LanguageOf(credentials.Language) ?? account.Language);
        await BeginAsync(context, session, "");
        return Results.Json(Told(session), Json.Options);
    }

    /// <summary>To the provider. Whoever comes back with its answer does not get this far.</summary>
    private Task LeaveAsync(HttpContext context) => OidcLogin.ChallengeAsync(context, hasProvider);

    private async Task<IResult> LogoutAsync(HttpContext context)
    {
        if (gate.Accounts is null || gate.Of(context) is not { } session) return Results.NoContent();
        await control.RecordAsync(session.User, session.Role, "logout", "", isDone: true, "");
        sessions.End(context.Request.Cookies[gate.CookieName]);
        context.Response.Cookies.Delete(gate.CookieName, gate.Cookie);
        return Results.NoContent();
    }

    /// <summary>A hash costs a tenth of a second of a core, so that few are computed at once.</summary>
    private async Task<bool> VerifyAsync(string password, string? hash, CancellationToken stop)
    {
        if (password.Length > Password.MostCharacters) password = "";
        await hashing.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Password.Verify(password, hash), stop);
        }
        finally
        {
            hashing.Release();
        }
    }

    /// <summary>A problem with what a login page must know.</summary>
    private IResult Stranger() => Results.Json(
        new { Title = "Nobody is logged in", Status = 401, Detail = "This needs a session.", Next = "Log in: POST /api/v1/session with user and password.", Ways = Ways() },
        Json.Options, Problems.ContentType, 401);

    private SessionTold Told(Session session) => new(session.User, session.Role, session.Areas, session.Language, Ways());

    private ImmutableArray<string> Ways() => (gate.Accounts is { Accounts.IsEmpty: false }, hasProvider) switch
    {
        (true, true) => ["password", OidcLogin.Way],
        (true, false) => ["password"],
        (false, true) => [OidcLogin.Way],
        _ => [],
    };

    private static string? LanguageOf(string? code) => code is not null && Language.Of(code) is not null ? code : null;
}

/// <summary>What somebody logs in with.</summary>
/// <param name="Language">en, ru or kk; null for that of the account.</param>
internal sealed record Credentials([property: JsonRequired] string User, [property: JsonRequired] string Password, string? Language = null);

/// <summary>Who is logged in.</summary>
/// <param name="Areas">Ids of the intersections that they may act on; empty for all.</param>
/// <param name="Language">en, ru or kk.</param>
/// <param name="Ways">How people log in here: password, oidc; none where only this machine is served.</param>
internal sealed record SessionTold(string User, Role Role, ImmutableArray<string> Areas, string Language, ImmutableArray<string> Ways);
