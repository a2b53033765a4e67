using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Runtime.Explain;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Access;

/// <summary>Logging in and out.</summary>
internal sealed class SessionApi(Gatekeeper gate, Sessions sessions, Lockout lockout, ControlLog control) : IDisposable
{
    private const int HashesAtOnce = 2;

    private readonly SemaphoreSlim hashing = new(HashesAtOnce);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", (HttpContext context) => gate.Of(context) is { } session
            ? Told(session)
            : throw new ApiException(401, "Nobody is logged in", "This needs a session.", "Log in: POST /api/v1/session with user and password.")).WithSummary("Who is logged in");
        api.MapPost("/session", (HttpContext context, Credentials credentials) => LoginAsync(context, credentials)).WithSummary("Log in").RequireRateLimiting(RateLimits.Login);
        api.MapDelete("/session", (Delegate)LogoutAsync).WithSummary("Log out");
    }

    public void Dispose() => hashing.Dispose();

    private async Task<IResult> LoginAsync(HttpContext context, Credentials credentials)
    {
        if (gate.Accounts is not { } accounts) return Told(Session.Local);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
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
        await control.RecordAsync(session.User, session.Role, "login", address, isDone: true, "");
        sessions.End(context.Request.Cookies[gate.CookieName]);
        context.Response.Cookies.Append(gate.CookieName, sessions.Begin(session), gate.Cookie);
        return Told(session);
    }

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

    private static IResult Told(Session session) => Results.Json(new { session.User, session.Role, session.Areas, session.Language }, Json.Options);

    private static string? LanguageOf(string? code) => code is not null && Language.Of(code) is not null ? code : null;
}

/// <summary>What somebody logs in with.</summary>
/// <param name="Language">en, ru or kk; null for that of the account.</param>
internal sealed record Credentials([property: JsonRequired] string User, [property: JsonRequired] string Password, string? Language = null);
