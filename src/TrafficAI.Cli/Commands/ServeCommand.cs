using System.CommandLine;
using System.Globalization;
using TrafficAI.Cli.Dashboard;
using TrafficAI.Cli.Field;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai serve</c>: the optimiser behind the field contract.</summary>
public static class ServeCommand
{
    /// <summary>What is said beyond is in the log only.</summary>
    private const int MostLines = 1_000;

    private const long LargestEpoch = 1L << 40;

    public static Command Create()
    {
        var bus = new Option<string>("--bus") { Description = "The broker: mqtt://host[:port]/city or mqtts://host[:port]/city?ca=FILE&cert=FILE&key=FILE; mqttnet: or mosquitto: name the library (docs/adapters.md).", Required = true };
        var log = new Option<string>("--log") { Description = "Where to record: sqlite:PATH, just PATH, or esdb://SERVER/LOG (docs/adapters.md). A log of the same site is gone on with.", Required = true };
        var site = new Option<string>("--site") { Description = "The site in YAML: docs/serve.md.", Required = true };
        var command = new Command(
            "serve",
            """
            Serve the controllers of a site over MQTT until Ctrl-C or SIGTERM, and record every input and decision.

              trafficai serve --bus mqtt://localhost/demo --log day.db --site site.yaml
              trafficai serve --bus mqtt://localhost/demo --log day.db --site site.yaml --listen http://127.0.0.1:8080
            """);
        var epoch = new Option<long>("--epoch")
        {
            Description = "The lowest epoch of its plans. Only for a new log in the place of one that was lost: one more than controllers have obeyed.",
            DefaultValueFactory = _ => 1,
        };
        var nextLog = new Option<bool>("--next-log")
        {
            Description = "When the log is of another site or another build, leave it and go on with the next one beside it (day-2.db, day-3.db, …), above its epochs.",
        };
        var actors = Adapters.HostOption("akka where the build has it");
        var metrics = MetricsTarget.Option();
        foreach (var option in new Option[] { bus, log, site, metrics, epoch, nextLog, actors }) command.Options.Add(option);
        var listen = new ListenOptions(null);
        listen.AddTo(command);
        var nodes = new NodeOptions();
        nodes.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var address = MqttAddress.Parse(parsed.GetValue(bus)!);
            ScenarioOptions.InRange("--epoch", parsed.GetValue(epoch), 1, LargestEpoch);
            var lines = 0;
            void Say(string line)
            {
                if (Interlocked.Increment(ref lines) <= MostLines) Console.Error.WriteLine($"serve: {line}");
            }

            var dashboard = listen.Read(parsed);
            var node = nodes.Read(parsed, parsed.GetValue(log)!);
            await using var target = MetricsTarget.Open(parsed.GetValue(metrics), node is null ? parsed.GetValue(log) : Invariant($"{parsed.GetValue(log)}-{node.Value.Place.Own.Port}"), Say);
            var order = new ServerOrder(SiteFile.Read(parsed.GetValue(site)!), address, parsed.GetValue(log)!, parsed.GetValue(epoch))
            {
                Client = Adapters.MqttOf(address), Host = Adapters.HostOf(parsed.GetValue(actors)), Metrics = target,
                Dashboard = dashboard,
            };
            if (node is var (place, parts))
            {
                if (dashboard is not null) throw new InputException("--listen: a node serves parts, each with a log of its own. Run 'trafficai dashboard LOG' on the log of a part.");
                var turns = await new SharedServer(order, parsed.GetValue(nextLog), Say).RunAsync(Adapters.NodesOf(), place, parts, stop);
                Console.Out.Write(Text(address, place, turns));
                return await EndAsync(turns.SelectMany(turn => turn.Alarms));
            }

            var (served, result) = await NextLog.RunAsync(order, parsed.GetValue(nextLog), Say, async now => (now.Log, await FieldServer.RunAsync(now, Say, stop)));
            Console.Out.Write(Text(address, served, result));
            return await EndAsync(result.Alarms);
        });
        return command;
    }

    private static async Task<int> EndAsync(IEnumerable<string> alarms)
    {
        var status = CommandLine.Done;
        foreach (var alarm in alarms)
        {
            await Console.Error.WriteLineAsync($"trafficai: ALARM: {alarm}");
            status = CommandLine.CheckFailed;
        }

        return status;
    }

    private static string Text(MqttAddress address, NodePlace place, IReadOnlyCollection<FieldServerResult> turns) => Invariant($"""
        node {place.Own} served at {address}, {turns.Count} times a part
          decisions       {turns.Sum(turn => turn.Decisions)} in all logs that it went on with
          bus             {turns.Sum(turn => turn.Bus.Received)} messages received, {turns.Sum(turn => turn.Bus.Refused)} refused, {turns.Sum(turn => turn.Bus.Lost)} lost, {turns.Sum(turn => turn.Bus.Withheld)} plans withheld
          frames          {turns.Sum(turn => turn.Missed)} missed, {turns.Sum(turn => turn.Lost)} lost in full mailboxes

        """);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(MqttAddress address, string log, FieldServerResult run) => string.Create(CultureInfo.InvariantCulture, $"""
        served {run.Intersections} intersections at {address}, epoch {run.Epoch}
          decisions       {run.Decisions}, sha256 {run.DecisionsSha256[..16]}
          bus             {run.Bus.Connections} connections, {run.Bus.Received} messages received, {run.Bus.Refused} refused, {run.Bus.Lost} lost, {run.Bus.Withheld} plans withheld
          frames          {run.Missed} missed, {run.Lost} lost in full mailboxes
          answers         {run.Answers.Count}: half within {run.Answers.At(0.5).TotalMilliseconds:0.000} ms, 99 % within {run.Answers.At(0.99).TotalMilliseconds:0.000} ms, all within {run.Answers.Longest.TotalMilliseconds:0.000} ms
          log             {Adapters.Shown(log)}

        """);
}
