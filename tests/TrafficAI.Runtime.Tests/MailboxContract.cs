using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>What every <see cref="IMailboxes"/> does.</summary>
public abstract class MailboxContract(MailboxHost host)
{
    private static readonly Site Site = ScriptedStreet.FourArm;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int settled;

    private static CancellationToken Never => CancellationToken.None;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_holds_so_many_inputs_and_refuses_the_next()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var log = new TroubledLog(() =>
        {
            entered.TrySetResult();
            return release.Task;
        });
        var actor = Actor(log);
        await using (var mailboxes = Open(actor, Never))
        {
            Assert.True(mailboxes.Tell(actor, Frame(0)));
            await entered.Task.WaitAsync(Patience, Cancel);
            for (var second = 1; second <= IMailboxes.Capacity; second++) Assert.True(mailboxes.Tell(actor, Frame(second)));
            Assert.False(mailboxes.Tell(actor, Frame(IMailboxes.Capacity + 1)));
            release.SetResult();
        }

        Assert.Equal(IMailboxes.Capacity + 1, settled);
        Assert.Equal(Enumerable.Range(0, IMailboxes.Capacity + 1).Select(s => (long)s), await SecondsAsync(log));
    }

    [Fact]
    public async Task An_actor_that_stumbles_recovers_from_its_log_and_goes_on()
    {
        var appends = 0;
        await using var log = new TroubledLog(() => ++appends == 3 ? throw new IOException("the disk coughs") : Task.CompletedTask);
        var actor = Actor(log);
        await using (var mailboxes = Open(actor, Never))
        {
            for (var second = 0; second < 10; second++) Assert.True(mailboxes.Tell(actor, Frame(second)));
        }

        Assert.Equal((10, 1), (settled, actor.Restarts));
        var seconds = await SecondsAsync(log);
        Assert.Equal(9, actor.Fold.LastSecond);
        Assert.InRange(seconds.Count, 9, 10);
        Assert.Equal(seconds.Order().Distinct(), seconds);
        Assert.False(failed.Task.IsCompleted);
    }

    [Fact]
    public async Task An_actor_that_stumbles_too_often_in_a_row_is_given_up_with_what_it_said()
    {
        await using var log = new TroubledLog(() => throw new IOException("the disk is gone"));
        var actor = Actor(log);
        await using var mailboxes = Open(actor, Never);
        for (var second = 0; second < 10; second++) Assert.True(mailboxes.Tell(actor, Frame(second)));
        Assert.Equal("the disk is gone", (await failed.Task.WaitAsync(Patience, Cancel)).Message);
        Assert.Equal((IntersectionActor.RestartsInARow - 1, IntersectionActor.RestartsInARow - 1), (settled, actor.Restarts));
    }

    [Fact]
    public async Task An_actor_that_cannot_recover_is_given_up()
    {
        await using var log = new MemoryEventLog();
        var actor = Actor(log);
        await log.AppendAsync(StreamNames.Inputs(actor.Id), ExpectedRevision.Any, new EventData(Guid.NewGuid(), "intruder.v1", default), Cancel);
        await using var mailboxes = Open(actor, Never);
        Assert.Contains("intruder.v1", (await failed.Task.WaitAsync(Patience, Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_is_stopped_ends_at_once_and_nobody_has_failed()
    {
        using var stop = new CancellationTokenSource();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var log = new TroubledLog(async () =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop.Token);
        });
        var actor = Actor(log);
        var mailboxes = Open(actor, stop.Token);
        for (var second = 0; second < 5; second++) Assert.True(mailboxes.Tell(actor, Frame(second)));
        await entered.Task.WaitAsync(Patience, Cancel);
        await stop.CancelAsync();
        await mailboxes.DisposeAsync().AsTask().WaitAsync(Patience, Cancel);
        Assert.Equal((0, false), (settled, failed.Task.IsCompleted));
    }

    private static IntersectionActor Actor(IEventLog log) => new(Site.Models[0], new DecisionOptions("adaptive", 0), log, new InprocBus());

    private static IntersectionInput Frame(long second) => new IntersectionInput.FrameCame(new Frame(
        Site.Signals[0].Id, second, ControlMode.Local, SignalDecider.Start(Site.Signals[0], second - 1),
        DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length)));

    private static async Task<List<long>> SecondsAsync(IEventLog log)
    {
        var inputs = RecordedInputs.ReadAsync(new LogStream(log, StreamNames.Inputs(Site.Signals[0].Id)), Site.Signals[0].Id, -1, Cancel);
        return await inputs.Select(i => i.Input).OfType<IntersectionInput.FrameCame>().Select(came => came.Frame.Second).ToListAsync(Cancel);
    }

    private IMailboxes Open(IntersectionActor actor, CancellationToken stop) =>
        host(new([actor], 1, _ => { }, () => Interlocked.Increment(ref settled), (_, e) => failed.TrySetResult(e), stop));
}

public sealed class ChannelMailboxTests() : MailboxContract(ChannelMailboxes.Run);
