using System.CommandLine;
using TrafficAI.Cli.Dashboard;
using TrafficAI.EventLog;
using TrafficAI.Server;
using TrafficAI.Server.Reading;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai dashboard</c>: shows a recorded run, or one that is being recorded, in a browser.</summary>
public static class DashboardCommand
{
    public static Command Create()
    {
        var logUri = new Argument<string>("LOG") { Description = "sqlite:PATH, or just PATH; esdb://SERVER/LOG. Another process may be writing it." };
        var listen = new ListenOptions("http://127.0.0.1:8080");
        var command = new Command(
            "dashboard",
            """
            Show a recorded run in a browser, or one that another process is recording, until Ctrl-C. Needs nothing but the log.

              trafficai dashboard run.db
              trafficai dashboard run.db --listen http://127.0.0.1:9000 --no-open
              trafficai dashboard run.db --listen https://0.0.0.0:8443 --certificate site.crt --key site.key --accounts accounts.json

            The interface behind it is described in docs/api.md and at /openapi/v1.json.
            """) { logUri };
        listen.AddTo(command);
        command.Options.Add(listen.NoOpen);
        command.SetAction(async (parsed, stop) =>
        {
            var uri = parsed.GetValue(logUri)!;
            await using var access = new ControlLogFile(uri);
            var options = listen.Read(parsed)!;
            await using var log = await Adapters.OpenLogAsync(uri, EventLogMode.OpenExisting, stop);
            var served = await ServedLog.OpenAsync(log, Adapters.Shown(uri), stop);
            await using var host = await DashboardHost.StartAsync(served, options with { WhatIf = WhatIfAnswer.From(uri, served.Header.Strategy) }, access.OpenAsync, line => Console.Error.WriteLine($"dashboard: {line}"), stop);
            Console.Out.WriteLine($"{served.Header.Scenario}: {host.Address}  (end with Ctrl-C)");
            if (!parsed.GetValue(listen.NoOpen)) Browser.Open(host.Address);
            await UntilStoppedAsync(host, stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task UntilStoppedAsync(DashboardHost host, CancellationToken stop)
    {
        var stopped = Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (await Task.WhenAny(stopped, host.Following) == host.Following) await host.Following;
    }
}
