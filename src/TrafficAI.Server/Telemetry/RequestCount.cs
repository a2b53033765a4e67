using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TrafficAI.Server.Telemetry;

/// <summary>Counts requests by the pattern of their address.</summary>
internal static class RequestCount
{
    private const string Other = "other";

    public static void UseRequestCount(this IApplicationBuilder app, ServerMeter meter) => app.Use(async (context, next) =>
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Other;
            var took = context.Response.ContentType == "text/event-stream" ? TimeSpan.Zero : Stopwatch.GetElapsedTime(begun);
            meter.Answer(MethodOf(context.Request), route, context.Response.StatusCode, took);
        }
    });

    // What somebody invents must not make new series without end.
    private static string MethodOf(HttpRequest request) => request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" ? request.Method : Other;
}
