using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>What every <see cref="IFieldBus"/> does when nothing is lost on the way.</summary>
public abstract class BusContract : IAsyncLifetime
{
    protected static readonly IntersectionId A = new("A");
    protected static readonly IntersectionId B = new("B");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IFieldBus Bus { get; private set; } = null!;

    protected abstract ValueTask<IFieldBus> OpenAsync();

    /// <summary>Waits until all that was published has arrived.</summary>
    protected abstract ValueTask SettleAsync();

    /// <summary>Ends what the bus needs beside itself.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    public async ValueTask InitializeAsync() => Bus = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_subscriber_gets_every_message_in_order()
    {
        var (frames, plans) = (new List<string>(), new List<string>());
        using var hearsFrames = Bus.SubscribeFrames(frame => frames.Add($"{frame.Intersection} {frame.Second}"));
        using var hearsPlans = Bus.SubscribePlans(plan => plans.Add($"{plan.Intersection} {plan.Sequence}"));

        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await Bus.PublishFrameAsync(Frame(A, 2), Cancel);
        await SettleAsync();
        await Bus.PublishPlanAsync(Plan(A, 7), Cancel);
        await Bus.PublishFrameAsync(Frame(B, 1), Cancel);
        await SettleAsync();

        Assert.Equal(["A 1", "A 2", "B 1"], frames);
        Assert.Equal(["A 7"], plans);
        Assert.Equal(new BusCounts(3, 3, 0, 0), Bus.Frames);
        Assert.Equal(new BusCounts(1, 1, 0, 0), Bus.Plans);
    }

    [Fact]
    public async Task A_subscriber_to_one_intersection_hears_no_other()
    {
        var (ofA, ofAll) = (new List<long>(), new List<long>());
        using var hearsA = Bus.SubscribeFrames(frame => ofA.Add(frame.Second), A);
        using var hearsAll = Bus.SubscribeFrames(frame => ofAll.Add(frame.Second));

        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await Bus.PublishFrameAsync(Frame(B, 2), Cancel);
        await SettleAsync();

        Assert.Equal([1], ofA);
        Assert.Equal([1, 2], ofAll.Order());
    }

    [Fact]
    public async Task What_nobody_hears_is_counted()
    {
        using var hearsB = Bus.SubscribePlans(_ => { }, B);
        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await SettleAsync();
        await Bus.PublishPlanAsync(Plan(A, 1), Cancel);
        await SettleAsync();

        Assert.Equal(new BusCounts(1, 0, 1, 0), Bus.Plans);
        Assert.Equal(new BusCounts(1, 0, 1, 0), Bus.Frames);
    }

    [Fact]
    public async Task Who_has_ended_his_subscription_hears_no_more()
    {
        var heard = 0;
        var subscription = Bus.SubscribeFrames(_ => heard++);
        var filtered = Bus.SubscribeFrames(_ => heard++, A);
        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await SettleAsync();
        subscription.Dispose();
        subscription.Dispose();
        filtered.Dispose();

        await Bus.PublishFrameAsync(Frame(A, 2), Cancel);
        await SettleAsync();

        Assert.Equal(2, heard);
        Assert.Equal(1, Bus.Frames.Undelivered);
    }

    [Fact]
    public async Task A_handler_that_throws_stops_no_other()
    {
        var (heard, errors) = (new List<long>(), new List<BusError>());
        Bus.Errors += errors.Add;
        Bus.Errors += _ => throw new InvalidOperationException("so does who hears of it");
        using var throws = Bus.SubscribeFrames(_ => throw new FormatException("bad lane"));
        using var hears = Bus.SubscribeFrames(frame => heard.Add(frame.Second));

        await Bus.PublishFrameAsync(Frame(A, 1), Cancel);
        await Bus.PublishFrameAsync(Frame(A, 2), Cancel);
        await SettleAsync();

        Assert.Equal([1, 2], heard);
        Assert.Equal(new BusCounts(2, 2, 0, 2), Bus.Frames);
        Assert.Equal(["frame A bad lane", "frame A bad lane"], errors.Select(e => $"{e.Kind} {e.Intersection} {e.Error.Message}"));
    }

    [Fact]
    public async Task A_disposed_bus_says_so()
    {
        await Bus.DisposeAsync();
        await Bus.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Bus.PublishFrameAsync(Frame(A, 1), Cancel));
        Assert.Throws<ObjectDisposedException>(() => Bus.SubscribePlans(_ => { }));
    }

    [Fact]
    public async Task Many_threads_publish_while_subscriptions_come_and_go()
    {
        var heard = 0L;
        using var steady = Bus.SubscribeFrames(_ => Interlocked.Increment(ref heard));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                using var brief = Bus.SubscribeFrames(_ => { }, new IntersectionId($"{thread}"));
                await Bus.PublishFrameAsync(Frame(new($"{thread}"), i), Cancel);
            }
        }, Cancel)));
        await SettleAsync();

        Assert.Equal(8_000, heard);
        Assert.Equal((8_000, 0, 0), (Bus.Frames.Published, Bus.Frames.Undelivered, Bus.Frames.Failed));
    }

    protected static Frame Frame(IntersectionId intersection, long second) => new(
        intersection, second, ControlMode.Local, new(second - 1, new(1), null, 1, [Lamp.Red], [1], 0), DetectorReadings.Nothing(Sensing.Full, 0));

    protected static PhasePlan Plan(IntersectionId intersection, long sequence) => new(intersection, 1, 0, 1, sequence, 30, 12, 40, []);
}
