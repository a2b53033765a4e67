using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Tests;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The reference controller in C as a process behind a broker, by its own clock, with a SUMO street under its lamps and <c>serve</c> above it. A street second takes 50 ms; SUMO shows
/// what the newest frame tells, so that what the sensors see is a second older than the lamps beside it. Environment: TRAFFICAI_REFERENCE_STREET names another scenario with one
/// intersection, to be run to its end, TRAFFICAI_REFERENCE_SEED its seed, TRAFFICAI_REFERENCE_PACE the milliseconds of a second.</summary>
public sealed class ReferencePaceTests : IDisposable
{
    private static readonly int Pace = Number("PACE", 50);
    private static readonly int Seed = Number("SEED", 1);
    private static readonly string? Asked = Environment.GetEnvironmentVariable("TRAFFICAI_REFERENCE_STREET");
    private static readonly string Program = Path.Combine(Checkout.Simulation(""), "..", "artifacts", "reference", "tai_controller");
    private readonly FieldSite<Broker> site = new(new());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task A_street_runs_under_it_at_twenty_times_its_pace()
    {
        Assert.SkipUnless(File.Exists(Program), "The reference controller is not built: run ./test.");
        var scenario = ScenarioFile.Read(Asked ?? Checkout.FourArm);
        var streetSite = Site.Build(scenario.NetBytes, scenario.NetFile, ControlClass.RPlus, scenario.ReadSignals());
        var (signals, end) = (streetSite.Signals[0], Asked is null ? scenario.Begin + 200 : scenario.End);
        await site.WriteSiteAsync("class: R+\n", Asked);
        await site.WriteAsync("key", await site.KeyAsync());
        await File.WriteAllBytesAsync(site.File("device.bin"), Google.Protobuf.MessageExtensions.ToByteArray(ConfigurationWriter.Write(signals, streetSite.Network.Intersections[0].Detectors)), Cancel);
        using (var made = Process.Start("mkfifo", [site.File("street")])) await made.WaitForExitAsync(Cancel);
        var bus = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{site.Broker.Port}/demo");
        using var serve = Command.Start([], ["serve", "--bus", bus, .. site.Server]);
        await serve.SaysAsync("end with Ctrl-C");
        var frames = Channel.CreateUnbounded<Frame>();
        await using var listener = await ListenAsync(bus, signals, frames.Writer);
        using var device = Process.Start(new ProcessStartInfo(Program,
        [
            "--configuration", site.File("device.bin"), "--key", site.File("key"), "--state", site.File("epoch"), "--city", "demo", "--intersection", signals.Id.Value,
            "--port", $"{site.Broker.Port}", "--pace", $"{Pace}", "--street", site.File("street"),
        ]))!;
        var (obeyed, changes) = await DriveAsync(scenario, streetSite, end, frames.Reader);
        device.Kill();
        await device.WaitForExitAsync(Cancel);
        await serve.StopAsync();

        var score = TripFile.ScoreVehicles(site.File("trips.xml"), scenario, scenario.Begin, end).Score;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{end - scenario.Begin} seconds, {obeyed} of them on the server's plan, {changes} passages, mean delay {score.DelaySeconds:0.00} s"));
        Assert.True(obeyed > (end - scenario.Begin) * 0.8, $"{obeyed} seconds on the plan");
        Assert.True(changes > 5, $"{changes} passages");
    }

    private static int Number(string name, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable($"TRAFFICAI_REFERENCE_{name}") ?? $"{usual}", CultureInfo.InvariantCulture);

    private static Task<MqttBus> ListenAsync(string bus, IntersectionSignals signals, ChannelWriter<Frame> to) => ListenAsync(
        new MqttBus(new()
        {
            Address = MqttAddress.Parse(bus), Epoch = 1,
            Controllers = ImmutableDictionary<IntersectionId, Credentials>.Empty.Add(signals.Id, new(new byte[32], Google.Protobuf.ByteString.CopyFrom(new byte[32]))),
        }),
        to);

    private static async Task<MqttBus> ListenAsync(MqttBus listener, ChannelWriter<Frame> to)
    {
        listener.SubscribeFrames(frame => to.TryWrite(frame));
        await listener.ConnectAsync(Cancel);
        return listener;
    }

    /// <summary>Shows the lamps of each frame, lets SUMO go on for a second, and tells the controller what its sensors see.</summary>
    private async Task<(int Obeyed, int Changes)> DriveAsync(ScenarioFile scenario, Site street, long end, ChannelReader<Frame> frames)
    {
        var (obeyed, changes, target) = (0, 0, default(PhaseId?));
        using var engine = new SumoEngine(new SumoOptions(scenario, street.Network, Sensing.Full, Seed, scenario.Begin, end, site.File("trips.xml")));
        await using var pipe = new FileStream(site.File("street"), FileMode.Open, FileAccess.Write);
        while (!engine.Finished)
        {
            var frame = await frames.ReadAsync(Cancel);
            if (frame.Mode == ControlMode.Plan) obeyed++;
            if (frame.Signals.Target != target) (target, changes) = (frame.Signals.Target, changes + 1);
            engine.Show(0, ReferenceStreetTests.Letters(street.Signals[0], frame.Signals));
            engine.Step();
            await pipe.WriteAsync(Encoding.ASCII.GetBytes(Lines(engine.Sense(0))), Cancel);
            await pipe.FlushAsync(Cancel);
        }

        return (obeyed, changes);
    }

    /// <summary>What the sensors see, as <c>host/hands.h</c> says it.</summary>
    private static string Lines(DetectorReadings readings)
    {
        var lines = new StringBuilder();
        for (var loop = 0; loop < readings.Loops.Length; loop++)
            lines.Append(CultureInfo.InvariantCulture, $"detector {loop} {readings.Loops[loop].Count} {readings.Loops[loop].OccupancyPermille}\n");
        foreach (var seen in readings.Objects)
            lines.Append(CultureInfo.InvariantCulture, $"object {seen.Lane} {seen.DistanceDecimetres} {seen.SpeedDecimetresPerSecond} {(int)seen.Class + 1} {seen.Track}\n");
        return lines.ToString();
    }
}
