using System.Net;
using Microsoft.AspNetCore.Builder;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Access;

/// <summary>What every answer tells browsers to refuse.</summary>
internal static class SecurityHeaders
{
    // Maps draw in a worker that they make of a blob. No script, style or frame of anybody else is run.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src blob:; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="isSecure">Whether browsers reach the server by HTTPS.</param>
    public static void UseSecurityHeaders(this IApplicationBuilder app, bool isSecure) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (isSecure) headers.StrictTransportSecurity = "max-age=31536000";
        if (context.Request.Path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
        return next(context);
    });

    /// <summary>Answers only to the names of this machine: a name of somebody else that was made to point here could speak for who sits at it.</summary>
    public static void UseLoopbackNamesOnly(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var host = context.Request.Host.Host;
        if (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))) return next(context);
        throw new ApiException(421, "Another name", "This server answers only to localhost and 127.0.0.1.", "Use one of them, or serve with --accounts.");
    });
}
