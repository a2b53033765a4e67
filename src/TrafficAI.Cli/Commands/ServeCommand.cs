using System.CommandLine;
using System.Globalization;
using TrafficAI.Cli.Field;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai serve</c>: the optimiser behind the field contract.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var bus = new Option<string>("--bus") { Description = "The broker: mqtt://host[:port]/city or mqtts://host[:port]/city?ca=FILE&cert=FILE&key=FILE.", Required = true };
        var log = new Option<string>("--log") { Description = "Where to record: sqlite:PATH, or just PATH. Must not exist yet.", Required = true };
        var site = new Option<string>("--site") { Description = "The site in YAML: docs/serve.md.", Required = true };
        var command = new Command(
            "serve",
            """
            Serve the controllers of a site over MQTT until Ctrl-C or SIGTERM, and record every input and decision.

              trafficai serve --bus mqtt://localhost/demo --log day.db --site site.yaml
            """);
        foreach (var option in new Option[] { bus, log, site }) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            var address = MqttAddress.Parse(parsed.GetValue(bus)!);
            var refusals = 0;
            var result = await FieldServer.RunAsync(
                SiteFile.Read(parsed.GetValue(site)!), address, parsed.GetValue(log)!,
                intersections => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"serve: {intersections} intersections at {address}; end with Ctrl-C")),
                refused =>
                {
                    if (++refusals <= 20) Console.Error.WriteLine($"serve: refused: {refused}");
                },
                trouble => Console.Error.WriteLine($"serve: {trouble}"),
                stop);
            Console.Out.Write(Text(address, parsed.GetValue(log)!, result));
            foreach (var alarm in result.Alarms) await Console.Error.WriteLineAsync($"trafficai: ALARM: {alarm}");
            return result.Alarms.IsEmpty ? CommandLine.Done : CommandLine.CheckFailed;
        });
        return command;
    }

    private static string Text(MqttAddress address, string log, FieldServerResult run) => string.Create(CultureInfo.InvariantCulture, $"""
        served {run.Intersections} intersections at {address}
          decisions       {run.Decisions}, sha256 {run.DecisionsSha256[..16]}
          bus             {run.Bus.Connections} connections, {run.Bus.Received} messages received, {run.Bus.Refused} refused, {run.Bus.Lost} lost, {run.Bus.Withheld} plans withheld
          mailboxes       {run.Lost} frames lost
          answers         {run.Answers.Count}: half within {run.Answers.At(0.5).TotalMilliseconds:0.000} ms, 99 % within {run.Answers.At(0.99).TotalMilliseconds:0.000} ms, all within {run.Answers.Longest.TotalMilliseconds:0.000} ms
          log             {log}

        """);
}
