namespace TrafficAI.EventLog.Tests;

/// <summary>What a log does, besides, that is still there after it was closed.</summary>
public abstract class LastingLogContract : LogContract
{
    [Fact]
    public async Task A_closed_log_is_still_there()
    {
        var append = Events("one", "two");
        await Log.AppendAsync("a", -1, append, Cancel);
        await Log.AppendAsync("b", -1, Derived("b", 0, "three"), Cancel);
        await Log.FlushAsync(Cancel);
        var hash = await LogHash.ComputeAsync(Log, Cancel);
        await ReopenAsync();

        Assert.Equal(hash, await LogHash.ComputeAsync(Log, Cancel));
        Assert.Equal(1, await Log.AppendAsync("a", -1, append, Cancel));
        Assert.Equal(2, await Log.AppendAsync("a", 1, Event("four"), Cancel));
        Assert.Equal(["0 one", "1 two", "2 four"], await TextsAsync("a"));
        Assert.Equal(["0 three"], await TextsAsync("b"));
    }

    [Fact]
    public async Task What_was_not_flushed_is_there_after_closing_in_good_order()
    {
        await Log.AppendAsync("a", -1, Events("one", "two"), Cancel);
        await ReopenAsync();
        Assert.Equal(["0 one", "1 two"], await TextsAsync("a"));
    }
}
