using System.Globalization;
using TrafficAI.Cli.Field;
using TrafficAI.Runtime;
using TrafficAI.Signals.Street;
using TrafficAI.Simulation.Ports;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Demo;

/// <summary>Runs the streets of a demonstration side by side, and sums up.</summary>
internal static class DemoRun
{
    /// <param name="dashboard">Shows the adaptive street; null for none.</param>
    public static async Task RunAsync(DemoOrder order, DemoDashboard? dashboard, CancellationToken stop)
    {
        var settings = DemoOrder.Strategies.Select(order.Settings).ToArray();
        var window = ScenarioFile.Read(order.Scenario, settings[0].Begin, settings[0].End);
        Console.Out.WriteLine($"{order.Scenario}, seed {order.Seed}: the same vehicles under the fixed plan and under adaptive control, {StreetTime.Format(window.Begin)} to {StreetTime.Format(window.End)}.");
        var board = new DemoBoard(DemoOrder.Strategies, window.Begin, window.End);
        var runs = await board.ShowAsync(() => Task.WhenAll(settings.Select((one, street) => Task.Run(() => RunAsync(board, order, one, street, dashboard, stop), stop))));
        Console.Out.Write(Text(order, runs[0].Summary, runs[1].Summary));
    }

    private static Task<SimulationRun> RunAsync(DemoBoard board, DemoOrder order, SimulationSettings settings, int street, DemoDashboard? dashboard, CancellationToken stop)
    {
        var wait = order.Pace > 0 ? new Pace(order.Pace).Clock() : null;
        return Simulator.RunAsync(
            settings,
            (engine, _, _) =>
            {
                Watch(board, street, engine);
                wait?.Invoke(stop).GetAwaiter().GetResult();
            },
            stop,
            began: settings.Log is null || dashboard is null ? null : host =>
            {
                dashboard.Orders = (id, given) => host.Tell(id, new IntersectionInput.OperatorActed(host.NewestOf(id) ?? 0, given));
                return dashboard.StartAsync(stop);
            });
    }

    private static void Watch(DemoBoard board, int street, IEngine engine)
    {
        if (engine is not BuiltinEngine builtin || !board.Wants(engine.Second)) return;
        var ((running, waiting), (arrived, delay)) = (engine.Vehicles, builtin.SoFar);
        board.Tell(street, new(engine.Second, running, waiting, arrived, delay));
    }

    private static string Text(DemoOrder order, RunSummary before, RunSummary after) => string.Create(CultureInfo.InvariantCulture, $"""

                             {before.Strategy,10} {after.Strategy,10}
          mean delay, s      {before.DelayS,10:0.0} {after.DelayS,10:0.0}   {Change(before.DelayS, after.DelayS)}
          95 % under, s      {before.P95S,10:0.0} {after.P95S,10:0.0}   {Change(before.P95S, after.P95S)}
          arrived            {before.Finished,10} {after.Finished,10}   of {after.Scheduled}

        One seed on the built-in street; 'compare' runs several and gives the interval. Every input and decision is in {order.Log}:

          trafficai replay {order.Log} --verify
          trafficai explain {order.Log} --intersection {after.Intersections[0].Id} --at {StreetTime.Format((after.Begin + after.End) / 2)}
          trafficai log show {order.Log}
          trafficai compare {order.Scenario} --strategies fixed,actuated,max-pressure,adaptive --seeds 1-3

        """);

    private static string Change(double before, double after) =>
        before > 0 ? string.Create(CultureInfo.InvariantCulture, $"{(after - before) / before * 100:+0;-0} %") : "";
}
