using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Tests;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A controller whose MQTT, Protobuf and cryptography are not ours gets plans from <c>serve</c>.</summary>
public sealed class IndependentClientTests : IDisposable
{
    private const ulong Boot = 0x0123_4567_89ab_cdef;

    private static readonly string Tools = Path.Combine(Checkout.Root(), "artifacts", "contract-tools");
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    private readonly FieldSite<SecureBroker> site = new(new(Checkout.Root(), ["centre"]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task Its_frames_are_understood_and_it_gets_a_sealed_plan()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Tools, "installed")), "No tools: run firmware-contracts/check.sh --install, which needs npm.");
        await site.WriteSiteAsync();
        using var serve = Command.Start([], ["serve", "--bus", site.Broker.Url("server"), .. site.Server]);
        await serve.SaysAsync("1 intersections at mqtts://");

        var plan = await RunAsync(serve);

        Assert.True((bool)plan["isSealed"]!);
        Assert.Equal($"{Boot}", (string?)plan["boot"]);
        Assert.Equal(30, (int)plan["leaseSeconds"]!);
        Assert.True((int)plan["entries"]! > 0);
        Assert.DoesNotContain("refused", serve.Errors, StringComparison.Ordinal);
    }

    private async Task<JsonNode> RunAsync(Command serve)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Checkout.Root(), "tests", "TrafficAI.EndToEnd.Tests", "independent-client.js"), Tools + "/"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(await GivenAsync()));
        node.StandardInput.Close();
        var output = await node.StandardOutput.ReadToEndAsync(Cancel);
        Assert.True(output.Length > 0, await node.StandardError.ReadToEndAsync(Cancel) + serve.Errors);
        await node.WaitForExitAsync(Cancel);
        return JsonNode.Parse(output)!;
    }

    private async Task<JsonObject> GivenAsync() => new()
    {
        ["url"] = $"mqtts://localhost:{site.Broker.Port}",
        ["ca"] = site.Broker.PathOf("ca.crt"),
        ["cert"] = site.Broker.PathOf("centre.crt"),
        ["key"] = site.Broker.PathOf("centre.key"),
        ["proto"] = Path.Combine(Checkout.Root(), "firmware-contracts", "proto", "tai", "v1", "field.proto"),
        ["city"] = SecureBroker.City,
        ["intersection"] = "centre",
        ["sealKey"] = await site.KeyAsync(),
        ["presence"] = Json(Presence()),
        ["frames"] = new JsonArray([.. Frames().Select(frame => Json(frame))]),
    };

    private static FieldBus.Wire.Presence Presence()
    {
        var model = FourArm().Models[0];
        return new()
        {
            State = FieldBus.Wire.Presence.Types.State.Online,
            Boot = Boot,
            Firmware = "independent",
            Configuration = ConfigurationWriter.Checksum(ConfigurationWriter.Write(model.Signals, model.Intersection.Detectors)),
        };
    }

    /// <summary>Ten seconds on the local plan, with nobody in sight.</summary>
    private static IEnumerable<FieldBus.Wire.Frame> Frames()
    {
        var model = FourArm().Models[0];
        var nobody = DetectorReadings.Nothing(Sensing.Full, model.Intersection.Detectors.Length);
        var controller = new VirtualController(model.Signals, 0);
        for (var second = 0; second < 10; second++, controller.Step())
            yield return FrameWriter.Write(new(controller.Signals.Id, second, controller.Mode, controller.State, nobody), Boot);
    }

    private static Site FourArm()
    {
        var scenario = ScenarioFile.Read(Checkout.FourArm);
        return Site.Build(scenario.NetBytes, scenario.NetFile, ControlClass.Site, scenario.ReadSignals());
    }

    private static JsonNode Json(IMessage message) => JsonNode.Parse(Formatter.Format(message))!;
}
