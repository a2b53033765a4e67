using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrafficAI.EventLog;
using TrafficAI.Server.Access;
using TrafficAI.Server.Access.Oidc;
using TrafficAI.Server.Api;
using TrafficAI.Server.Reading;
using TrafficAI.Server.Telemetry;
using TrafficAI.Server.Web;

namespace TrafficAI.Server;

/// <summary>The interface and the dashboard of one log, over HTTP, in this process.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private const int LongestBodyBytes = 64 * 1024;

    private readonly WebApplication app;
    private readonly DashboardParts parts;
    private readonly Task following;

    private DashboardHost(WebApplication app, DashboardParts parts)
    {
        (this.app, this.parts) = (app, parts);
        following = Task.Run(() => parts.Live.FollowAsync(parts.Closing));
    }

    /// <summary>What viewers see.</summary>
    public LiveModel Live => parts.Live;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Every address that it answers, with the methods.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Completes when the log can no longer be followed: then it throws.</summary>
    public Task Following => following;

    /// <summary>Begins to serve.</summary>
    /// <param name="openControlLog">Opens the log in which uses of controls are recorded.</param>
    /// <param name="say">Called with what people should know, a line each.</param>
    /// <exception cref="ArgumentException">It must not be served so (<see cref="DashboardOptions.Objection"/>).</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<DashboardHost> StartAsync(
        ServedLog served, DashboardOptions options, Func<CancellationToken, Task<IEventLog>> openControlLog, Action<string> say, CancellationToken stop)
    {
        if (options.Objection is { } objection) throw new ArgumentException(objection, nameof(options));
        var parts = new DashboardParts(served, options, openControlLog, say);
        var app = Build(options, parts);
        Use(app, options, parts, say);
        parts.Map(app);
        await app.StartAsync(stop);
        return new(app, parts);
    }

    public async ValueTask DisposeAsync()
    {
        await parts.CloseAsync();
        await following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await app.StopAsync();
        await app.DisposeAsync();
        await parts.DisposeAsync();
    }

    private static WebApplication Build(DashboardOptions options, DashboardParts parts)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        builder.Services.AddOpenApi("v1", Describe);
        builder.Services.AddRateLimiter(o => RateLimits.Configure(o, parts.Gate.ClientOf, options.ViewersPerClient));
        if (options.Oidc is { } oidc) OidcLogin.Add(builder.Services, oidc, options.IsSecure, parts.Login);
        return builder.Build();
    }

    private static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "TrafficAI";
        document.Info.Version = "v1";
        document.Info.Description = "What the signals of a city show and why. docs/api.md says more.";
        return Task.CompletedTask;
    });

    private static void Listen(KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentConnections = 2_000;
        kestrel.Listen(options.Listen.EndPoint, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            if (options.Certificate is not { } certificate) return;
            endpoint.Protocols = HttpProtocols.Http1AndHttp2;
            endpoint.UseHttps(certificate);
        });
    }

    private static void Use(WebApplication app, DashboardOptions options, DashboardParts parts, Action<string> say)
    {
        if (options.IsBehindProxy)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            app.UseForwardedHeaders(forwarded);
        }

        app.UseSecurityHeaders(options.IsSecure);
        app.UseRequestCount(parts.Meter);
        app.UseProblems(e => say(e.ToString()));
        if (options.Accounts is null) app.UseLoopbackNamesOnly();
        app.UseDashboard();
        app.UseRouting();
        app.UseRateLimiter();
        if (options.Oidc is not null) OidcLogin.Use(app);
        parts.Gate.Use(app);
    }
}
