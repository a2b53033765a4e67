using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TrafficAI.EventLog;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;
using TrafficAI.Server.Jobs;
using TrafficAI.Server.Operation;
using TrafficAI.Server.Reading;
using TrafficAI.Server.Safety;
using TrafficAI.Server.Telemetry;

namespace TrafficAI.Server;

/// <summary>All that a dashboard is put together from, but for HTTP itself.</summary>
internal sealed class DashboardParts : IAsyncDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly DashboardOptions options;
    private readonly Moments moments;
    private readonly ControlLog control;
    private readonly MeasuredSpans spans;
    private readonly LogWindow window;
    private readonly JobQueue? jobs;
    private readonly SafetyApi safety;
    private readonly PrometheusText prometheus;
    private readonly OtlpExport? export;

    public DashboardParts(ServedLog served, DashboardOptions options, Func<CancellationToken, Task<IEventLog>> openControlLog, Action<string> say)
    {
        this.options = options;
        Live = new(served);
        Meter = new(Live);
        prometheus = new(Meter.Instruments);
        moments = new(served, Live.Past);
        window = new(Live);
        control = new(openControlLog, options.Clock, () => Live.Ask(view => view.Second));
        spans = new(served, Live.Past);
        var sessions = new Sessions(options.Clock);
        Gate = new(options.Accounts, sessions, options.IsSecure);
        Login = new(Gate, sessions, new(options.Clock), control, options.Oidc is not null);
        safety = new(served, window, control);
        jobs = options.WhatIf is { } run ? new(run, e => say(e.ToString())) : null;
        export = options.Collector is { } collector ? new(collector) : null;
    }

    public LiveModel Live { get; }

    public ServerMeter Meter { get; }

    public Gatekeeper Gate { get; }

    public SessionApi Login { get; }

    /// <summary>Is cancelled when the server ends.</summary>
    public CancellationToken Closing => closing.Token;

    public void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        Login.Map(api);
        SiteApi.Map(api, Live, window);
        LiveApi.Map(api, Live, window, Meter, Closing);
        DecisionsApi.Map(api, Live, window, moments);
        HealthApi.Map(api, Live, Meter, control);
        new JobsApi(jobs, Live.Served, window, control).Map(api);
        new OverridesApi(options.Orders, Live, window, control).Map(api);
        safety.Map(api);
        CorridorsApi.Map(api, Live.Served, window, spans);
        new MeasuresApi(Live.Served, window, spans).Map(api, OpenDataApi.Map(api, Live.Served, window));
        app.MapGet("/metrics", () => Results.Text(prometheus.Write(), PrometheusText.ContentType)).WithSummary("Measures for Prometheus").Produces<string>(200, "text/plain");
        app.MapGet("/healthz", () => Results.Text("ok\n")).WithSummary("Whether it answers").Produces<string>(200, "text/plain");
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    /// <summary>Ends what stays open.</summary>
    public Task CloseAsync() => closing.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        if (jobs is not null) await jobs.DisposeAsync();
        export?.Dispose();
        prometheus.Dispose();
        Meter.Dispose();
        safety.Dispose();
        Login.Dispose();
        control.Dispose();
        spans.Dispose();
        moments.Dispose();
        closing.Dispose();
    }
}
