using System.CommandLine;
using System.Globalization;
using TrafficAI.Cli.Field;
using TrafficAI.Cli.Field.Synthetic;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai controllers</c>: a simulated street behind the field contract.</summary>
public static class ControllersCommand
{
    public static Command Create()
    {
        var shared = new ScenarioOptions();
        var bus = new Option<string?>("--bus") { Description = "The broker: mqtt://host[:port]/city or mqtts://host[:port]/city?ca=FILE&cert=FILE&key=FILE." };
        var keys = new Option<string?>("--keys") { Description = "The keys of the controllers: a line each, id and 64 hexadecimal digits." };
        var newKeys = new Option<string?>("--new-keys") { Description = "Make such a file for the scenario, and end." };
        var pace = new Option<string>("--pace")
        {
            Description = "lockstep (each second waits for the plans on it), real, or a multiple such as 20x.",
            DefaultValueFactory = _ => "lockstep",
        };
        var state = new Option<string?>("--state") { Description = "A file in which the controllers keep the highest epochs that they have obeyed, through a restart." };
        var certificates = new Option<string?>("--certificates")
        {
            Description = "A folder with a certificate and its key for each controller, NAME.crt and NAME.key with its name in the topics; the bus then names ca alone.",
        };
        var clock = new Option<string?>("--clock-ahead")
        {
            Description = "A fault: the controllers' wall clocks are wrong by so many seconds, and call themselves synchronised; 30, or 30@400 for from second 400 on.",
        };
        var diary = new Option<string?>("--diary") { Description = "Where the controllers write what they show and know in each second, whatever the server hears of it: a line of tab-separated values each." };
        var ask = new Option<string[]>("--ask")
        {
            Description = "An emergency vehicle asks for priority: street second, group, seconds to its arrival and intersection, such as 300:2:20:centre. May stand several times.",
        };
        var askBus = new Option<string[]>("--ask-bus")
        {
            Description = "A bus asks for priority: street second, group, seconds to its arrival, persons aboard, seconds it is late and intersection, such as 300:2:20:45:120:centre. May stand several times.",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the street.", DefaultValueFactory = _ => 1 };
        var synthetic = new Option<int?>("--synthetic")
        {
            Description = "A load test: SCENARIO is a folder, made when it is not there, of a made-up city with so many controllers; each has a connection and sends a frame a second, for --end seconds. "
                + "Loopback only. Without --bus the folder is made, and that is all.",
        };
        var tripInfo = new Option<string?>("--tripinfo") { Description = "Where the street writes its trip file in SUMO's format." };
        var command = new Command(
            "controllers",
            """
            Run a simulated street with its controllers behind an MQTT broker. Start 'trafficai serve' too.

              trafficai controllers simulations/four-arm --new-keys keys.txt
              trafficai controllers simulations/four-arm --bus mqtt://localhost/demo --keys keys.txt
            """);
        foreach (var option in new Option[] { bus, keys, newKeys, pace, state, certificates, clock, diary, ask, askBus, seed, synthetic, tripInfo }) command.Options.Add(option);
        shared.AddTo(command);
        command.Options.Remove(shared.Latency);
        command.SetAction(async (parsed, stop) =>
        {
            OutputFile.Check("--tripinfo", parsed.GetValue(tripInfo));
            if (parsed.GetValue(synthetic) is { } count) return Load(parsed.GetValue(shared.Scenario)!, count, parsed.GetValue(bus), parsed.GetValue(shared.End), stop);
            OutputFile.Check("--state", parsed.GetValue(state));
            OutputFile.Check("--diary", parsed.GetValue(diary));
            var settings = shared.Read(parsed, Optimisation.Strategies.Names[0], parsed.GetValue(seed)) with { TripInfo = parsed.GetValue(tripInfo) };
            if (parsed.GetValue(newKeys) is { } file) return WriteKeys(file, settings);
            var address = MqttAddress.Parse(parsed.GetValue(bus) ?? throw new InputException("--bus is missing. Name the broker, such as --bus mqtt://localhost/demo."));
            var keyFile = parsed.GetValue(keys) ?? throw new InputException("--keys is missing. Make them with --new-keys FILE.");
            var complaints = 0;
            var order = new StreetOrder(settings, address, keyFile, Pace.Parse(parsed.GetValue(pace)!))
            {
                State = parsed.GetValue(state), Certificates = parsed.GetValue(certificates), Clock = StreetOrder.ReadClock(parsed.GetValue(clock)),
                Diary = parsed.GetValue(diary),
                Asks = [.. (parsed.GetValue(ask) ?? []).Select(StreetOrder.ReadAsk), .. (parsed.GetValue(askBus) ?? []).Select(StreetOrder.ReadBusAsk)],
            };
            var result = await StreetBehindBus.RunAsync(
                order,
                (second, silent) =>
                {
                    if (++complaints <= 5) Console.Error.WriteLine(Unanswered(address, second, silent));
                },
                text => Console.Error.WriteLine($"controllers: {text}"),
                stop);
            Console.Out.Write(Text(address, result));
            foreach (var alarm in result.Counts.Alarms) await Console.Error.WriteLineAsync($"trafficai: ALARM: {alarm}");
            return result.Counts.Alarms.Count == 0 ? CommandLine.Done : CommandLine.CheckFailed;
        });
        return command;
    }

    private static int Load(string folder, int count, string? bus, string? end, CancellationToken stop)
    {
        SyntheticCity.Make(folder, ScenarioOptions.InRange("--synthetic", count, 1, SyntheticCity.MostIntersections));
        if (bus is null)
        {
            Console.Out.WriteLine($"{folder} is made. Now: trafficai serve --site {SyntheticCity.SiteFileOf(folder)} --bus URI --log FILE, and this command with --bus URI.");
            return CommandLine.Done;
        }

        var address = MqttAddress.Parse(bus);
        var run = SyntheticLoad.Run(folder, address, (int)(StreetTime.Parse("--end", end) ?? 60), stop);
        Console.Out.Write(Text(address, count, run));
        return run.Lost + run.Unsent == 0 ? CommandLine.Done : CommandLine.CheckFailed;
    }

    private static string Text(MqttAddress address, int count, SyntheticLoadResult run) => string.Create(CultureInfo.InvariantCulture, $"""
        {count} synthetic controllers behind {address}
          frames          {run.Frames} sent, {run.Lost} without a plan, {run.Unsent} without a connection
          plans           {run.Answered} accepted, {run.Refused} others
          round trip      half within {Milliseconds(run.RoundTrips.At(0.5))} ms, 99 % within {Milliseconds(run.RoundTrips.At(0.99))} ms, all within {Milliseconds(run.RoundTrips.Longest)} ms
          connections     {run.Broken} broke; the latest frame left {run.Late * 1000:0.0} ms after its time

        """);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static int WriteKeys(string file, SimulationSettings settings)
    {
        var scenario = ScenarioFile.Read(settings.Scenario);
        ControllerKeys.Write(file, Site.Build(scenario.NetBytes, scenario.NetFile, settings.Class, scenario.ReadSignals()));
        return CommandLine.Done;
    }

    private static string Unanswered(MqttAddress address, long second, int silent) => string.Create(
        CultureInfo.InvariantCulture, $"controllers: no answer yet of {silent} intersections to second {second}; it is sent again. Is 'trafficai serve' at {address}?");

    private static string Text(MqttAddress address, StreetBehindBusResult run) => string.Create(CultureInfo.InvariantCulture, $"""
        controllers behind {address}
          mean delay      {run.Score.DelaySeconds:0.00} s over {run.Score.Scheduled} vehicles (95 % of them under {run.Score.P95Seconds:0.0} s)
          plans           {run.Counts.PlansAccepted} accepted, {run.Counts.PlansRefused} refused, {run.Counts.PlansLate} late, {run.Missing} waited for in vain, the slowest after {run.Slowest.TotalSeconds:0.000} s
          signals         {run.Counts.PhaseChanges} phase changes, {run.Counts.LocalSeconds} s on the local plan, {run.Counts.FaultSeconds} s in fault
          bus             {run.Bus.Connections} connections, {run.Bus.Received} messages received, {run.Bus.Refused} refused, {run.Bus.Lost} lost

        """);
}
