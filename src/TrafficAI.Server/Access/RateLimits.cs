using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Access;

/// <summary>How often one client may ask.</summary>
internal static class RateLimits
{
    /// <summary>For logins.</summary>
    public const string Login = "login";

    /// <summary>For the two steps of a login elsewhere: a whole room may begin its shift behind one address.</summary>
    public const string Redirect = "redirect";

    /// <summary>For streams that stay open.</summary>
    public const string Stream = "stream";

    /// <summary>For questions that take work: history, explanations.</summary>
    public const string Work = "work";

    private const int Burst = 300;
    private const int PerSecond = 50;

    /// <param name="client">Tells who asks: a session, or an address.</param>
    public static void Configure(RateLimiterOptions options, Func<HttpContext, string> client, int viewersPerClient)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            await Problems.WriteAsync(rejected.HttpContext, new(429, "Too many requests", "This client has asked too often, or holds too many streams open.", "Wait a minute; close streams that nobody looks at."));
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            client(context), _ => new() { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true }));
        options.AddPolicy(Login, context => RateLimitPartition.GetFixedWindowLimiter(Gatekeeper.AddressOf(context), _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));
        options.AddPolicy(Redirect, context => RateLimitPartition.GetFixedWindowLimiter(Gatekeeper.AddressOf(context), _ => new() { PermitLimit = 120, Window = TimeSpan.FromMinutes(1) }));
        options.AddPolicy(Stream, context => RateLimitPartition.GetConcurrencyLimiter(client(context), _ => new() { PermitLimit = viewersPerClient }));
        options.AddPolicy(Work, context => RateLimitPartition.GetConcurrencyLimiter(client(context), _ => new() { PermitLimit = 4, QueueLimit = 16 }));
    }
}
