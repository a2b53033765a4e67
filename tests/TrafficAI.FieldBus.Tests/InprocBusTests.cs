namespace TrafficAI.FieldBus.Tests;

public sealed class InprocBusTests : BusContract
{
    protected override ValueTask<IFieldBus> OpenAsync() => new(new InprocBus());

    protected override ValueTask SettleAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Handlers_run_before_publishing_ends_on_the_same_thread_the_particular_first()
    {
        var calls = new List<string>();
        using var all = Bus.SubscribeFrames(_ => calls.Add($"all {Environment.CurrentManagedThreadId}"));
        using var ofA = Bus.SubscribeFrames(_ => calls.Add($"A {Environment.CurrentManagedThreadId}"), A);
        var thread = Environment.CurrentManagedThreadId;

        var publishing = Bus.PublishFrameAsync(Frame(A, 1), Cancel);

        Assert.Equal([$"A {thread}", $"all {thread}"], calls);
        await publishing;
    }
}
