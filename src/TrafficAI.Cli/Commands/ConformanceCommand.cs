using System.Collections.Immutable;
using System.CommandLine;
using Google.Protobuf;
using TrafficAI.Cli.Field;
using TrafficAI.FieldBus.Conformance;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai conformance</c>: does this controller keep the field contract?</summary>
public sealed class ConformanceCommand
{
    private readonly Argument<string?> scenario = new("SCENARIO")
    {
        Description = "A folder with one .sumocfg, or a .sumocfg: what the controller was configured by.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> configuration = new("--configuration") { Description = "Instead of SCENARIO: the bytes of the controller's tai.v1.Configuration." };
    private readonly Option<string?> intersection = new("--intersection") { Description = "Which of SCENARIO's intersections; not needed where there is one." };
    private readonly Option<string> controlClass = new("--class") { Description = "Constraints that the signals were derived with: site, R, R+ or S.", DefaultValueFactory = _ => "site" };
    private readonly Option<string?> bus = new("--bus") { Description = "The broker, with the rights of a server: mqtt://host[:port]/city or mqtts://host[:port]/city?ca=FILE&cert=FILE&key=FILE." };
    private readonly Option<string?> keys = new("--keys") { Description = "The keys of the controllers: a line each, id and 64 hexadecimal digits." };
    private readonly Option<string> pace = new("--pace")
    {
        Description = "How fast its street seconds come: real, a multiple such as 20x, or lockstep if they wait for somebody.", DefaultValueFactory = _ => "real",
    };

    private readonly Option<int?> relay = new("--relay") { Description = "Listen on this port and pass everything to the broker: the controller connects here, so that its link can be cut." };
    private readonly Option<int> outage = new("--outage") { Description = "Street seconds of the long outage, 30 to 3600; from 620 on the room of the backlog is tested.", DefaultValueFactory = _ => 75 };
    private readonly Option<string?> json = new("--json") { Description = "Where to write the report as JSON (docs/json.md); - for standard output." };
    private readonly Option<string?> junit = new("--junit") { Description = "Where to write the report as JUnit XML." };
    private readonly Option<string?> writeConfiguration = new("--write-configuration") { Description = "Write SCENARIO's tai.v1.Configuration for the controller, and end." };
    private readonly Option<bool> rules = new("--rules") { Description = "List the rules, and end." };

    private readonly ImmutableArray<(Hand Hand, Option<string?> Option)> hands =
    [
        (Hand.Restart, new("--restart-command") { Description = "Reboots the controller; ends when it is starting." }),
        (Hand.Fail, new("--fault-command") { Description = "Makes the device fail, as by taking out a lamp." }),
        (Hand.Release, new("--release-command") { Description = "Mends that, and releases the fault at the cabinet." }),
        (Hand.AskPriority, new("--priority-command") { Description = "Makes the controller ask for priority." }),
    ];

    public static Command Create() => new ConformanceCommand().Build();

    private Command Build()
    {
        var command = new Command(
            "conformance",
            """
            Test a roadside controller against the field contract (firmware-contracts/CONFORMANCE.md). Only on a bench: it switches off, reboots and sends nonsense.

              trafficai conformance simulations/four-arm --write-configuration centre.bin
              trafficai conformance simulations/four-arm --bus mqtt://localhost/demo --keys keys.txt --relay 1884 --restart-command ./reboot.sh

            Exit status: 0 every rule that was run holds, 1 one does not, 2 the input was bad.
            """);
        controlClass.AcceptOnlyFromAmong("site", "R", "R+", "S");
        command.Arguments.Add(scenario);
        foreach (var option in (Option[])[bus, keys, intersection, controlClass, configuration, writeConfiguration, pace, relay, outage, .. hands.Select(hand => hand.Option), json, junit, rules])
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(rules)) return List();
        OutputFile.Check("--json", parsed.GetValue(json));
        OutputFile.Check("--junit", parsed.GetValue(junit));
        var given = GivenConfiguration.Read(parsed.GetValue(scenario), parsed.GetValue(configuration), parsed.GetValue(intersection), ScenarioOptions.ClassOf(parsed.GetValue(controlClass)!));
        if (parsed.GetValue(writeConfiguration) is { } file)
        {
            await File.WriteAllBytesAsync(file, given.ToByteArray(), stop);
            return CommandLine.Done;
        }

        var address = MqttAddress.Parse(parsed.GetValue(bus) ?? throw new InputException("--bus is missing. Name the broker, such as --bus mqtt://localhost/demo."));
        var report = await TestAsync(parsed, given, address, stop);
        var text = ConformanceText.Of(given.Intersection, report);
        await (parsed.GetValue(json) == "-" ? Console.Error : Console.Out).WriteAsync(text);
        await WriteAsync(parsed, ConformanceJson.Of(given.Intersection, report), report, stop);
        return report.IsGood ? CommandLine.Done : CommandLine.CheckFailed;
    }

    private async Task<ConformanceReport> TestAsync(ParseResult parsed, FieldBus.Wire.Configuration given, MqttAddress address, CancellationToken stop)
    {
        var keyFile = parsed.GetValue(keys) ?? throw new InputException("--keys is missing. It holds the key that the controller has.");
        var speed = Pace.Parse(parsed.GetValue(pace)!);
        var settings = new ConformanceSettings
        {
            City = address.City,
            Intersection = new(given.Intersection),
            Key = ControllerKeys.Read(keyFile, new Network.IntersectionId(given.Intersection)),
            Configuration = given,
            Second = speed.IsLockstep ? null : TimeSpan.FromSeconds(1 / speed.Factor),
            OutageSeconds = ScenarioOptions.InRange("--outage", parsed.GetValue(outage), 30, 3600),
        };
        var commands = hands.Where(hand => parsed.GetValue(hand.Option) is not null).ToImmutableDictionary(hand => hand.Hand, hand => parsed.GetValue(hand.Option)!);
        using var between = parsed.GetValue(relay) is { } port ? new Relay(ScenarioOptions.InRange("--relay", port, 1, 65535), address.Host, address.Port) : null;
        await using var bench = await MqttBench.OpenAsync(address, Adapters.MqttOf(address), settings, between, commands, stop);
        return await ConformanceKit.RunAsync(bench, settings, trial => Console.Error.WriteLine($"conformance: {trial}"), stop);
    }

    private async Task WriteAsync(ParseResult parsed, string text, ConformanceReport report, CancellationToken stop)
    {
        if (parsed.GetValue(json) == "-") await Console.Out.WriteAsync(text);
        else if (parsed.GetValue(json) is { } file) await File.WriteAllTextAsync(file, text, stop);
        if (parsed.GetValue(junit) is { } xml) await File.WriteAllTextAsync(xml, ConformanceText.JUnit(report), stop);
    }

    private static int List()
    {
        foreach (var rule in Catalogue.Rules) Console.Out.WriteLine($"{rule.Id,-12} {rule.Clause,-9} {rule.Text}");
        return CommandLine.Done;
    }
}
