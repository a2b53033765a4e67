using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Api;

/// <summary>Turns what goes wrong into a problem (RFC 9457) with what to do next; no stack trace leaves the process.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    public static void UseProblems(this IApplicationBuilder app, Action<Exception> unexpected) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }) await WriteAsync(context, OfStatus(context.Response.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = 499;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Of(e, unexpected));
        }
    });

    public static async Task WriteAsync(HttpContext context, ApiException problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ContentType;
        await JsonSerializer.SerializeAsync(
            context.Response.Body, new { title = problem.Title, status = problem.Status, detail = problem.Message, next = problem.Next }, Json.Options, context.RequestAborted);
    }

    private static ApiException Of(Exception e, Action<Exception> unexpected)
    {
        switch (e)
        {
            case ApiException problem: return problem;
            case BadHttpRequestException bad: return bad.StatusCode == 413
                ? new(413, "The request is too large", "The body is longer than is taken here.", "Send less.")
                : ApiException.BadInput(bad.Message, "Look the form up in /openapi/v1.json.");
            case RecordException or EventLogException: return new(503, "The log cannot be read", e.Message.ReplaceLineEndings(" "), "Check it with 'trafficai check LOG'.");
            default:
                unexpected(e);
                return new(500, "Something went wrong here", "The server has noted what.", "Try again; if it stays so, ask who runs the server to look at its standard error.");
        }
    }

    private static ApiException OfStatus(int status) => status switch
    {
        404 => ApiException.NotFound("Nothing is served at this address.", "See /openapi/v1.json for what is."),
        405 => new(405, "That cannot be done here", "The address exists, but not with this method.", "See /openapi/v1.json for the methods."),
        415 => new(415, "The body is of another kind", "JSON is expected.", "Send it with Content-Type: application/json."),
        429 => new(429, "Too many requests", "This client has asked too often.", "Wait a minute."),
        _ => new(status, "The request failed", "It was refused.", "See /openapi/v1.json for what is expected."),
    };
}
