using TrafficAI.Cli.Dashboard;
using TrafficAI.EventLog;
using TrafficAI.Server;
using TrafficAI.Server.Operation;
using TrafficAI.Server.Reading;

namespace TrafficAI.Cli.Demo;

/// <summary>The dashboard of the adaptive street of a demonstration, from the log that it is recorded in.</summary>
/// <param name="log">Where it is recorded.</param>
/// <param name="opensBrowser">Whether a browser is opened.</param>
internal sealed class DemoDashboard(string log, ListenAddress listen, bool opensBrowser) : IAsyncDisposable
{
    private readonly ControlLogFile access = new(log);
    private IEventLog? reader;
    private DashboardHost? host;

    /// <summary>Where orders go, once the actors run.</summary>
    public OrderDoor Orders { get; set; } = (_, _) => { };

    /// <summary>Begins to serve: the log holds the site by now.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        reader = await Adapters.OpenLogAsync(log, EventLogMode.OpenExisting, stop);
        var served = await ServedLog.OpenAsync(reader, log, stop);
        host = await StartAsync(served, stop);
        Console.Out.WriteLine($"Dashboard of the adaptive street: {host.Address}");
        if (opensBrowser) Browser.Open(host.Address);
    }

    /// <summary>Keeps it in sight until somebody ends it.</summary>
    public async Task StayAsync(CancellationToken stop)
    {
        if (host is null) return;
        Console.Out.WriteLine($"The dashboard stays at {host.Address} until Ctrl-C.");
        await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (reader is not null) await reader.DisposeAsync();
        await access.DisposeAsync();
    }

    /// <summary>Where the usual port is taken, another one does.</summary>
    private async Task<DashboardHost> StartAsync(ServedLog served, CancellationToken stop)
    {
        try
        {
            return await DashboardHost.StartAsync(served, Options(listen, served), access.OpenAsync, Say, stop);
        }
        catch (IOException) when (listen.EndPoint.Port != 0)
        {
            return await DashboardHost.StartAsync(served, Options(listen with { EndPoint = new(listen.EndPoint.Address, 0) }, served), access.OpenAsync, Say, stop);
        }
    }

    private DashboardOptions Options(ListenAddress at, ServedLog served) => new(at) { WhatIf = WhatIfAnswer.From(log, served.Header.Strategy), Orders = (id, order) => Orders(id, order) };

    private static void Say(string line) => Console.Error.WriteLine($"dashboard: {line}");
}
