using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>The bus over TLS, behind the broker of <c>firmware-contracts/broker</c>: who gets in, and who does not, whatever library connects it.</summary>
public abstract class SecureBusContract(MqttConnector make) : IDisposable
{
    private const string Id = "abay-dostyk";

    private static readonly string Program = Path.Combine(VectorFiles.Checkout, "artifacts", "reference", "tai_controller");

    private readonly SecureBroker broker = new(VectorFiles.Checkout, [Id, "other"]);
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-secure").FullName;
    private readonly List<Process> started = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var controller in started.Where(c => !c.HasExited)) controller.Kill();
        foreach (var controller in started) controller.Dispose();
        broker.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_frame_and_the_plan_on_it_go_over_TLS()
    {
        await using var street = await GoldenStreet.OpenAsync(make, MqttAddress.Parse(broker.Url(Id)), [Id], Cancel);
        await using var server = await OpenAsync(broker.Url("server"));
        await Until(() => server.IsOnline(new(Id)));
        var plans = new List<PhasePlan>();
        using var hears = street.SubscribePlans(plans.Add);
        using var answers = server.SubscribeFrames(frame => _ = server.PublishPlanAsync(PlanOn(frame), Cancel).AsTask());

        await street.PublishFrameAsync(
            new(new(Id), 7, ControlMode.Local, new(6, new(1), null, 1, [Lamp.Red, Lamp.Red, Lamp.Red], [1, 1, 1], 0), DetectorReadings.Nothing(Sensing.Full, 0)), Cancel);

        await Until(() => plans.Count == 1);
        Assert.Equal(7, plans[0].BasedOnSecond);
        Assert.Equal((0, 0), ((int)street.Counts.Refused, (int)server.Counts.Refused));
    }

    [Fact]
    public async Task The_reference_controller_obeys_a_plan_over_TLS()
    {
        Assert.SkipUnless(File.Exists(Program), "The reference controller is not built: run ./test.");
        await using var server = await OpenAsync(broker.Url("server"));
        var modes = new List<ControlMode>();
        using var answers = server.SubscribeFrames(frame =>
        {
            lock (modes) modes.Add(frame.Mode);
            _ = server.PublishPlanAsync(PlanOn(frame), Cancel).AsTask();
        });
        _ = StartReference("localhost", broker.PathOf("ca.crt"), Id);

        await Until(() => Any(modes, ControlMode.Plan));
    }

    [Theory]
    [InlineData("ca.crt", "localhost", "other", "Check the certificates")]
    [InlineData("foreign/ca.crt", "localhost", Id, "certificate verify failed. Check the certificates")]
    [InlineData("ca.crt", "127.0.0.1", Id, "Check the certificates of both ends, their dates, and the broker's host name")]
    [InlineData("ca.crt", "localhost", "late", "Check the certificates of both ends, their dates")]
    public async Task The_reference_controller_says_in_one_line_why_it_does_not_get_in(string authority, string host, string owner, string part)
    {
        Assert.SkipUnless(File.Exists(Program), "The reference controller is not built: run ./test.");
        Expire("late");
        SecureBroker.Make(VectorFiles.Checkout, broker.PathOf("foreign"), "other");
        var controller = StartReference(host, broker.PathOf(authority), owner == "other" ? "foreign/other" : owner);
        var line = await controller.StandardError.ReadLineAsync(Cancel);
        Assert.StartsWith($"tai_controller: no connection to {host}:{broker.Port}: ", line, StringComparison.Ordinal);
        Assert.Contains(part, line, StringComparison.Ordinal);
        await Task.Delay(100, Cancel);
        controller.Kill();
        Assert.Equal("", await controller.StandardError.ReadToEndAsync(Cancel));
    }

    [Theory]
    [InlineData("localhost", "?ca=foreign/ca.crt&cert=server.crt&key=server.key", "the broker's certificate is not signed by ")]
    [InlineData("localhost", "?ca=ca.crt", "the broker asks for a certificate of ours; name it with ?cert=FILE&key=FILE")]
    [InlineData("localhost", "?ca=ca.crt&cert=foreign/server.crt&key=foreign/server.key", "the broker refuses ")]
    [InlineData("localhost", "?ca=ca.crt&cert=broker.crt&key=broker.key", "the broker refuses ")]
    [InlineData("localhost", "?ca=ca.crt&cert=late.crt&key=late.key", "late.crt expired on ")]
    [InlineData("127.0.0.1", "?ca=ca.crt&cert=server.crt&key=server.key", "the broker's certificate is for localhost, not for 127.0.0.1")]
    [InlineData("localhost", "?ca=ca.crt&cert=server.crt&key=other.key", "are no certificate and its key")]
    [InlineData("localhost", "?ca=ca.crt&cert=server.crt", "are no certificate and its key")]
    [InlineData("localhost", "?ca=nowhere.crt&cert=server.crt&key=server.key", "nowhere.crt cannot be read")]
    public async Task Who_is_not_trusted_or_does_not_trust_is_told_why_in_one_line(string host, string query, string part)
    {
        Expire("late");
        SecureBroker.Make(VectorFiles.Checkout, broker.PathOf("foreign"));
        var url = broker.Url(host, query.Replace("=", $"={broker.PathOf("")}/", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<FieldBusException>(() => OpenAsync(url).WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        Assert.StartsWith($"no connection to mqtts://{host}:{broker.Port}/demo: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_revoked_controller_does_not_connect_any_more_and_the_others_do()
    {
        await (await OpenAsync(broker.Url("other"))).DisposeAsync();
        broker.Revoke("other");
        Assert.Contains("other.crt; is it revoked,", await RefusedAsync("other"), StringComparison.Ordinal);
        await (await OpenAsync(broker.Url(Id))).DisposeAsync();
        await (await OpenAsync(broker.Url("server"))).DisposeAsync();

        broker.Revoke("other", Id);
        Assert.Contains("is it revoked,", await RefusedAsync(Id), StringComparison.Ordinal);
        await (await OpenAsync(broker.Url("server"))).DisposeAsync();
        Assert.StartsWith("revoke-certificate.sh: ", Assert.Throws<InvalidOperationException>(() => broker.Revoke("nobody")).Message, StringComparison.Ordinal);

        async Task<string> RefusedAsync(string owner)
        {
            for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(20);)
            {
                try
                {
                    await (await OpenAsync(broker.Url(owner))).DisposeAsync();
                }
                catch (FieldBusException e)
                {
                    return e.Message;
                }
            }

            return "it still gets in";
        }
    }

    [Fact]
    public async Task The_certificate_of_a_controller_makes_no_broker()
    {
        using var posing = new SecureBroker(VectorFiles.Checkout, ["localhost"], own: "localhost");
        var error = await Assert.ThrowsAsync<FieldBusException>(() => OpenAsync(posing.Url("server")));
        Assert.Contains("what answers shows a certificate that is no broker's", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_waited_for_and_named_once()
    {
        var said = new List<string>();
        using var gone = make(new()
        {
            Address = MqttAddress.Parse("mqtt://127.0.0.1:9/demo"), Subscriptions = [], Received = (_, _, _, _) => { }, FirstPause = TimeSpan.FromMilliseconds(10),
            Trouble = text =>
            {
                lock (said) said.Add(text);
            },
        });
        gone.Start();
        await Task.Delay(300, Cancel);
        Assert.False(gone.IsUp);
        lock (said) Assert.Equal(["no connection to mqtt://127.0.0.1:9/demo: Connection refused. It is tried again."], said);
    }

    /// <summary>Everyone publishes to every topic and asks for all; the rights decide what arrives.</summary>
    [Fact]
    public async Task Each_may_use_his_own_topics_and_no_others()
    {
        string[] names = ["server", Id, "other"];
        string[] topics =
        [
            .. new[] { Id, "other", "server" }.SelectMany(id => new[] { $"tai/v1/demo/{id}/up/frame", $"tai/v1/demo/{id}/down/plan" }),
            $"tai/v1/elsewhere/{Id}/up/frame", $"tai/v1/elsewhere/{Id}/down/plan", "tai/v2/x", "$SYS/broker/uptime",
        ];
        var heard = new SortedSet<string>(StringComparer.Ordinal);
        var clients = new Dictionary<string, IMqttClient>();
        foreach (var name in names) clients[name] = await ListenAsync(name, topics, heard);

        foreach (var (name, client) in clients)
            foreach (var topic in topics.SkipLast(1)) await client.PublishAsync(topic, [(byte)Array.IndexOf(names, name)], 0, retain: false, Cancel);
        string[] expected =
        [
            $"{Id} -> {Id}/up/frame -> server", "other -> other/up/frame -> server", $"server -> {Id}/down/plan -> {Id}", "server -> other/down/plan -> other",
            // A controller of that name would be the server; make-certificates.sh refuses to make one.
            "server -> server/down/plan -> server", "server -> server/up/frame -> server",
        ];
        await Until(() => Count(heard) >= expected.Length);
        await Task.Delay(200, Cancel);

        lock (heard) Assert.Equal(expected.Order(StringComparer.Ordinal), heard);
        foreach (var client in clients.Values) client.Dispose();

        async Task<IMqttClient> ListenAsync(string name, string[] all, SortedSet<string> to)
        {
            var client = make(new()
            {
                Address = MqttAddress.Parse(broker.Url(name)), Subscriptions = [.. all.Select(topic => (topic, 0))], Window = 100,
                Received = (topic, payload, _, _) =>
                {
                    var line = $"{names[payload[0]]} -> {topic.Replace("tai/v1/demo/", "", StringComparison.Ordinal)} -> {name}";
                    lock (to) to.Add(line);
                },
            });
            client.Start();
            await client.ReadyAsync(Cancel);
            return client;
        }
    }

    [Fact]
    public void Nobody_makes_a_controller_with_the_name_of_the_server()
    {
        foreach (var name in new[] { "server", "a/b", new string('a', 65) })
        {
            var error = Assert.Throws<InvalidOperationException>(() => SecureBroker.Make(VectorFiles.Checkout, folder, name));
            Assert.StartsWith($"make-certificates.sh: '{name}' is no name for a controller", error.Message, StringComparison.Ordinal);
        }
    }

    private static PhasePlan PlanOn(Frame frame) => new(
        frame.Intersection, frame.Second, frame.Signals.LampSequence, 1, frame.Second + 1, 30, frame.Second, frame.Second,
        [new(new(2), frame.Second, frame.Second, frame.Second + 30)]);

    private Task<MqttBus> OpenAsync(string url) => MqttBus.OpenAsync(new() { Address = MqttAddress.Parse(url), Client = make, Controllers = GoldenStreet.Known(Id) }, Cancel);

    /// <summary>A certificate of the broker's own authority that is over.</summary>
    private void Expire(string name)
    {
        using var authority = X509Certificate2.CreateFromPemFile(broker.PathOf("ca.crt"), broker.PathOf("ca.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var late = request.Create(authority, authority.NotBefore, authority.NotBefore.AddMilliseconds(1), [1, 2, 3]);
        File.WriteAllText(broker.PathOf($"{name}.crt"), late.ExportCertificatePem());
        File.WriteAllText(broker.PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private Process StartReference(string host, string authority, string owner)
    {
        var configuration = Path.Combine(folder, "configuration.bin");
        var key = Path.Combine(folder, "key");
        File.WriteAllBytes(configuration, Examples.Configuration().ToByteArray());
        File.WriteAllText(key, Convert.ToHexString(Vector.Key));
        var controller = Process.Start(new ProcessStartInfo(Program,
        [
            "--configuration", configuration, "--key", key, "--state", Path.Combine(folder, "epoch"), "--city", SecureBroker.City, "--intersection", Id,
            "--host", host, "--port", broker.Port.ToString(CultureInfo.InvariantCulture), "--pace", "20",
            "--ca", authority, "--cert", broker.PathOf($"{owner}.crt"), "--cert-key", broker.PathOf($"{owner}.key"),
        ]) { RedirectStandardError = true })!;
        started.Add(controller);
        return controller;
    }

    private static bool Any(List<ControlMode> modes, ControlMode mode)
    {
        lock (modes) return modes.Contains(mode);
    }

    private static int Count(SortedSet<string> heard)
    {
        lock (heard) return heard.Count;
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(10, patience.Token);
    }
}

public sealed class MosquittoSecureBusTests() : SecureBusContract(MosquittoLibrary.Client);
