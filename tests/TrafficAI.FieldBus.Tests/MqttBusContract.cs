using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>What the bus over a broker does besides, whatever library connects it.</summary>
public abstract class MqttBusContract(MqttConnector make) : BusContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Broker broker = new();

    private static readonly string[] Ids = ["A", "B", "0", "1", "2", "3"];

    private MqttBus Server => ((BothEnds)Bus).Server;

    private MqttControllers Controllers => ((BothEnds)Bus).Controllers;

    private MqttAddress Address => MqttAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}/almaty"));

    protected override async ValueTask<IFieldBus> OpenAsync()
    {
        var server = await MqttBus.OpenAsync(Options(Ids), Cancel);
        var controllers = await GoldenStreet.OpenAsync(make, Address, Ids, Cancel);
        await Until(() => Ids.All(id => server.IsOnline(new(id))));
        return new BothEnds(server, controllers);
    }

    protected override async ValueTask SettleAsync()
    {
        await Until(() => Server.Counts.Received - Ids.Length >= Bus.Frames.Published - Controllers.Counts.Lost);
        await Until(() => Controllers.Counts.Received >= Bus.Plans.Published - Server.Counts.Lost - Server.Counts.Withheld);
    }

    protected override ValueTask CloseAsync()
    {
        broker.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_frame_goes_to_the_server_and_the_plan_on_it_to_the_controller()
    {
        await using var street = await GoldenStreet.OpenAsync(make, Address, ["far"], Cancel);
        await using var server = await MqttBus.OpenAsync(Options("far"), Cancel);
        var far = new IntersectionId("far");
        await Until(() => server.IsOnline(far));
        var plans = new List<PhasePlan>();
        using var hears = street.SubscribePlans(plans.Add);
        using var answers = server.SubscribeFrames(frame => _ = server.PublishPlanAsync(Plan(far, frame.Second) with { BasedOnSecond = frame.Second }, Cancel).AsTask());

        for (var second = 100; second < 103; second++) await street.PublishFrameAsync(Frame(far, second), Cancel);

        await Until(() => plans.Count == 3);
        Assert.Equal([100L, 101, 102], plans.Select(plan => plan.BasedOnSecond));
        Assert.Equal((0, 0), ((int)street.Counts.Refused, (int)server.Counts.Withheld));
    }

    [Fact]
    public async Task A_server_of_some_intersections_hears_theirs_and_refuses_nobody_elses()
    {
        await using var part = await MqttBus.OpenAsync(Options("A") with { IsPart = true }, Cancel);
        await Until(() => part.IsOnline(A));
        var heard = new List<IntersectionId>();
        using var hears = part.SubscribeFrames(frame => heard.Add(frame.Intersection));

        await Bus.PublishFrameAsync(Frame(B, 1), Cancel);
        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);

        await Until(() => heard.Count > 0);
        Assert.Equal([A], heard);
        Assert.Equal(0, part.Counts.Refused);
    }

    [Fact]
    public async Task The_last_will_tells_that_a_controller_has_gone_and_a_new_broker_is_found()
    {
        await using var server = await MqttBus.OpenAsync(Options("far"), Cancel);
        var far = new IntersectionId("far");
        var seen = new List<bool>();
        server.Presence += (_, online) => seen.Add(online);
        var street = await GoldenStreet.OpenAsync(make, Address, ["far"], Cancel);
        await Until(() => server.IsOnline(far));
        await street.PublishFrameAsync(Frame(far, 1), Cancel);

        broker.Kill();
        await Until(() => street.Counts.Lost > 0, async () => await street.PublishFrameAsync(Frame(far, 2), Cancel));
        broker.Start();
        await Until(() => street.Counts.Connections == 2 && server.Counts.Connections == 2);

        var heard = new List<long>();
        using var hears = server.SubscribeFrames(frame => heard.Add(frame.Second));
        await street.PublishFrameAsync(Frame(far, 3), Cancel);
        await Until(() => heard.Count > 0);
        Assert.Equal([3], heard);
        await street.DisposeAsync();
        await Until(() => !server.IsOnline(far));
        Assert.Equal([true, false], seen);
    }

    [Fact]
    public async Task A_forged_plan_a_foreign_one_and_noise_are_refused_by_name()
    {
        var (replies, refused, delivered) = (new List<Wire.Outcome>(), new List<Wire.Outcome>(), 0);
        Server.Refused += (_, refusal) => refused.Add(refusal.Outcome);
        using var hears = Bus.SubscribePlans(_ => delivered++);
        using var client = make(new()
        {
            Address = Address, Subscriptions = [(Topic.OfAll("almaty", MessageKind.Reply), 0)],
            Received = (_, payload, _, _) => replies.Add(Wire.Reply.Parser.ParseFrom(payload).Outcome),
        });
        client.Start();
        await client.ReadyAsync(Cancel);
        await using var forger = await MqttBus.OpenAsync(
            Options("A") with { Controllers = ImmutableDictionary<IntersectionId, Credentials>.Empty.Add(A, new(new byte[32], Examples.Checksum)) }, Cancel);
        await Until(() => forger.IsOnline(A));
        using var answers = forger.SubscribeFrames(frame => _ = forger.PublishPlanAsync(Plan(A, 5) with { BasedOnSecond = frame.Second }, Cancel).AsTask());
        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await Until(() => replies.Count == 1);

        var topic = new Topic("almaty", A, MessageKind.Plan).ToString();
        await client.PublishAsync(topic, VectorFiles.ReadHex("plan"), 0, retain: false, Cancel);
        await client.PublishAsync(topic, [1, 2, 3], 0, retain: false, Cancel);
        await client.PublishAsync(new Topic("almaty", A, MessageKind.Frame).ToString(), VectorFiles.ReadHex("frame-boot-0"), 0, retain: false, Cancel);

        await Until(() => replies.Count == 3 && refused.Count == 1);
        Assert.Equal([Wire.Outcome.Forged, Wire.Outcome.Forged, Wire.Outcome.Malformed], replies);
        Assert.Equal([Wire.Outcome.Malformed], refused);
        Assert.Equal((0, 3, 1), (delivered, (int)Controllers.Counts.Refused, (int)Server.Counts.Refused));
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_controller_with_another_configuration()
    {
        var other = Options("A") with
        {
            Controllers = ImmutableDictionary<IntersectionId, Credentials>.Empty.Add(A, new(Vector.Key, Google.Protobuf.ByteString.CopyFrom(new byte[32]))),
        };
        await using var server = await MqttBus.OpenAsync(other, Cancel);
        await Until(() => server.IsOnline(A));
        var heard = 0;
        using var hears = server.SubscribeFrames(_ => heard++);
        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await Until(() => heard == 1);

        await server.PublishPlanAsync(Plan(A, 1) with { BasedOnSecond = 1 }, Cancel);

        Assert.Equal((1, 0), ((int)server.Counts.Withheld, (int)server.Counts.Lost));
    }

    [Fact]
    public async Task A_frame_that_is_sent_again_is_delivered_once_and_only_when_somebody_listens()
    {
        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await SettleAsync();
        var heard = new List<long>();
        using var hears = Bus.SubscribeFrames(frame => heard.Add(frame.Second));
        foreach (var second in new[] { 1, 1, 1, 2, 2 }) await Bus.PublishFrameAsync(Frame(A, second), Cancel);
        await SettleAsync();
        Assert.Equal([1, 2], heard);
        Assert.Equal(0, Server.Counts.Refused);
    }

    [Fact]
    public async Task No_frame_overtakes_the_presence_of_its_controller_however_many_there_are()
    {
        var ids = Enumerable.Range(100, 60).Select(i => new IntersectionId($"many-{i}")).ToArray();
        var names = ids.Select(id => id.Value).ToArray();
        await using var server = await MqttBus.OpenAsync(Options(names), Cancel);
        var (heard, early) = (0, 0);
        using var hears = server.SubscribeFrames(frame =>
        {
            if (!server.IsOnline(frame.Intersection)) early++;
            heard++;
        });
        await using var street = await GoldenStreet.OpenAsync(make, Address, names, Cancel);
        foreach (var id in ids) await street.PublishFrameAsync(Frame(id, 1), Cancel);
        await Until(() => heard == ids.Length);
        Assert.Equal(0, early);
    }

    [Fact]
    public async Task Whoever_sends_too_much_waits()
    {
        await using var street = await GoldenStreet.OpenAsync(make, Address, ["far"], Cancel, window: 2);
        var published = Enumerable.Range(1, 500).Select(second => street.PublishFrameAsync(Frame(new("far"), second), Cancel).AsTask()).ToList();
        await Task.WhenAll(published).WaitAsync(Patience, Cancel);
        Assert.Equal((500, 0), ((int)street.Frames.Published, (int)street.Counts.Lost));
    }

    private MqttBusOptions Options(params string[] controllers) => new()
    {
        Address = Address, Client = make, Controllers = GoldenStreet.Known(controllers), FirstPause = TimeSpan.FromMilliseconds(50),
    };

    private static async Task Until(Func<bool> holds, Func<Task>? meanwhile = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        while (!holds())
        {
            if (meanwhile is not null) await meanwhile();
            await Task.Delay(5, patience.Token);
        }
    }
}

public sealed class MosquittoBusTests() : MqttBusContract(MosquittoLibrary.Client);
