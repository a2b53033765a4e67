using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;
using TrafficAI.Server.Reading;
using TrafficAI.Server.Web;

namespace TrafficAI.Server;

/// <summary>The interface and the dashboard of one log, over HTTP, in this process.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private const int LongestBodyBytes = 64 * 1024;

    private readonly WebApplication app;
    private readonly CancellationTokenSource closing;
    private readonly List<IDisposable> owned;
    private readonly Task following;

    private DashboardHost(WebApplication app, CancellationTokenSource closing, List<IDisposable> owned, LiveModel live)
    {
        (this.app, this.closing, this.owned, Live) = (app, closing, owned, live);
        following = Task.Run(() => live.FollowAsync(closing.Token));
    }

    public LiveModel Live { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Every address that it answers, with the methods.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Completes when the log can no longer be followed: then it throws.</summary>
    public Task Following => following;

    /// <summary>Begins to serve.</summary>
    /// <param name="say">Called with what people should know, a line each.</param>
    /// <exception cref="ArgumentException">It must not be served so (<see cref="DashboardOptions.Objection"/>).</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<DashboardHost> StartAsync(ServedLog served, DashboardOptions options, Action<string> say, CancellationToken stop)
    {
        if (options.Objection is { } objection) throw new ArgumentException(objection, nameof(options));
        var live = new LiveModel(served);
        var moments = new Moments(served);
        var control = new ControlLog(options.OpenControlLog, options.Clock);
        var closing = new CancellationTokenSource();
        var app = Build(options);
        var sessions = new Sessions(options.Clock);
        var gate = new Gatekeeper(options.Accounts, sessions, options.IsSecure);
        Use(app, options, gate, say);
        var window = new LogWindow(live);
        var api = app.MapGroup("/api/v1");
        var login = new SessionApi(gate, sessions, new(options.Clock), control);
        login.Map(api);
        SiteApi.Map(api, live, window);
        LiveApi.Map(api, live, window, closing.Token);
        DecisionsApi.Map(api, live, window, moments);
        app.MapGet("/healthz", () => Results.Text("ok\n"));
        await app.StartAsync(stop);
        return new(app, closing, [login, moments, control, closing], live);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await app.StopAsync();
        await app.DisposeAsync();
        foreach (var one in owned) one.Dispose();
    }

    private static WebApplication Build(DashboardOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        builder.Services.AddRateLimiter(o => RateLimits.Configure(o, options.ViewersPerClient));
        return builder.Build();
    }

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

    private static void Use(WebApplication app, DashboardOptions options, Gatekeeper gate, Action<string> say)
    {
        if (options.IsBehindProxy)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            app.UseForwardedHeaders(forwarded);
        }

        app.UseSecurityHeaders(options.IsSecure);
        app.UseProblems(e => say(e.ToString()));
        if (options.Accounts is null) app.UseLoopbackNamesOnly();
        app.UseDashboard();
        app.UseRouting();
        app.UseRateLimiter();
        gate.Use(app);
    }
}
