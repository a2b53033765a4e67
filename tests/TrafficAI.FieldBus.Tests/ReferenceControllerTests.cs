using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>The reference controller in C as a process behind a real broker, under our server's end of the bus. <c>./test</c> builds it.</summary>
public sealed class ReferenceControllerTests : IDisposable
{
    private static readonly IntersectionId Id = new("abay-dostyk");
    private static readonly string Program = Path.Combine(VectorFiles.Checkout, "artifacts", "reference", "tai_controller");

    private readonly Broker broker = new();
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-reference").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        broker.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_starts_obeys_plans_falls_back_and_refuses_the_older_server_after_a_restart()
    {
        Assert.SkipUnless(File.Exists(Program), "The reference controller is not built: run ./test.");
        await using var server = await OpenServerAsync(epoch: 7);
        await using var older = await OpenServerAsync(epoch: 6);
        var frames = new List<Frame>();
        var sends = 0;
        using var hears = server.SubscribeFrames(frame =>
        {
            lock (frames) frames.Add(frame);
            if (Volatile.Read(ref sends) == 7) _ = server.PublishPlanAsync(PlanFor(frame, 7, phase: 2, lease: 10), Cancel).AsTask();
        });
        using var olderHears = older.SubscribeFrames(frame =>
        {
            if (Volatile.Read(ref sends) == 6) _ = older.PublishPlanAsync(PlanFor(frame, 6, phase: 2, lease: 10), Cancel).AsTask();
        });
        var yields = new List<string?>();
        older.HoldChanged += (_, reason) => yields.Add(reason);

        using var first = Start();
        await Until(() => Any(frames, f => f.Mode == ControlMode.Local && f.Signals.Next is null && f.Signals.Phase == new PhaseId(1)));
        Volatile.Write(ref sends, 7);
        await Until(() => Any(frames, f => f.Mode == ControlMode.Plan && f.Signals.Phase == new PhaseId(2) && f.Signals.Elapsed > 30));
        Volatile.Write(ref sends, 0);
        await Until(() => Last(frames).Mode == ControlMode.Local);
        first.Kill();
        await first.WaitForExitAsync(Cancel);
        await Until(() => !server.IsOnline(Id));

        int before;
        lock (frames) before = frames.Count;
        using var second = Start();
        Volatile.Write(ref sends, 6);
        await Until(() => Any(frames, f => f.Signals.Phase == new PhaseId(1) && f.Signals.Elapsed > 12, before));
        Assert.False(Any(frames, f => f.Mode == ControlMode.Plan, before));
        Assert.Contains("of another server", Assert.Single(yields), StringComparison.Ordinal);
        Volatile.Write(ref sends, 7);
        await Until(() => Any(frames, f => f.Mode == ControlMode.Plan, before));

        lock (frames)
        {
            Assert.All(frames, f => Assert.Null(f.Violation));
            Assert.Equal(frames.Select(f => f.Second).Distinct(), frames.Select(f => f.Second).Order());
        }

        second.Kill();
        await second.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task It_asks_for_priority_and_takes_the_answer_and_the_time()
    {
        Assert.SkipUnless(File.Exists(Program), "The reference controller is not built: run ./test.");
        var (asked, replies) = (new List<PriorityRequest>(), new HashSet<(Wire.OrderKind, Wire.Outcome)>());
        using var listener = MosquittoLibrary.Client(new()
        {
            Address = Address, Subscriptions = [(Topic.OfAll("almaty", MessageKind.Reply), 1)],
            Received = (_, payload, _, _) =>
            {
                var reply = Wire.Reply.Parser.ParseFrom(payload);
                lock (replies) replies.Add((reply.Kind, reply.Outcome));
            },
        });
        listener.Start();
        await listener.ReadyAsync(Cancel);
        await using var server = await OpenServerAsync(epoch: 7);
        var heard = 0;
        using var hears = server.SubscribeFrames(_ => Interlocked.Increment(ref heard));
        server.PriorityAsked += (id, request) =>
        {
            asked.Add(request);
            _ = server.PublishAnswerAsync(id, new(request.Boot, request.Number, PriorityProgress.Activated, ""), Cancel).AsTask();
        };
        var street = Path.Combine(folder, "street");
        using (var made = Process.Start("mkfifo", [street])) await made.WaitForExitAsync(Cancel);
        using var controller = Start("--street", street);
        await Until(() => Volatile.Read(ref heard) > 2);
        await File.WriteAllTextAsync(street, "priority 1 5 20\n", Cancel);
        await Until(() =>
        {
            lock (replies) return replies.Contains((Wire.OrderKind.Priority, Wire.Outcome.Accepted)) && replies.Contains((Wire.OrderKind.Time, Wire.Outcome.Accepted));
        });
        Assert.Equal((0, ObjectClass.Emergency), (asked[0].Group, asked[0].Class));
        controller.Kill();
        await controller.WaitForExitAsync(Cancel);
    }

    private static bool Any(List<Frame> frames, Func<Frame, bool> holds, int from = 0)
    {
        lock (frames) return frames.Skip(from).Any(holds);
    }

    private static Frame Last(List<Frame> frames)
    {
        lock (frames) return frames[^1];
    }

    private static PhasePlan PlanFor(Frame frame, int epoch, int phase, int lease) => new(
        Id, frame.Second, frame.Signals.LampSequence, epoch, frame.Second + 1, lease, frame.Second, frame.Second, [new(new(phase), frame.Second, frame.Second, frame.Second + lease)]);

    private Task<MqttBus> OpenServerAsync(long epoch) => MqttBus.OpenAsync(
        new MqttBusOptions
        {
            Address = Address,
            Controllers = ImmutableDictionary<IntersectionId, Credentials>.Empty.Add(Id, new(Vector.Key, Examples.Checksum)),
            Epoch = epoch,
        },
        Cancel);

    private MqttAddress Address => MqttAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}/almaty"));

    private Process Start(params string[] more)
    {
        var configuration = Path.Combine(folder, "configuration.bin");
        var key = Path.Combine(folder, "key");
        File.WriteAllBytes(configuration, Examples.Configuration().ToByteArray());
        File.WriteAllText(key, Convert.ToHexString(Vector.Key));
        return Process.Start(new ProcessStartInfo(Program,
        [
            "--configuration", configuration, "--key", key, "--state", Path.Combine(folder, "epoch"), "--city", "almaty", "--intersection", Id.Value,
            "--port", broker.Port.ToString(CultureInfo.InvariantCulture), "--pace", "20", .. more,
        ]))!;
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(10, patience.Token);
    }
}
