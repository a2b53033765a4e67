using TrafficAI.EventStoreDB;

namespace TrafficAI.EventLog.Tests.EventStoreDB;

/// <summary>Against the server that <c>TRAFFICAI_ESDB</c> names, such as <c>esdb://localhost:2113?tls=false</c>; skipped without it.</summary>
public sealed class EventStoreLogTests : LastingLogContract
{
    private readonly string name = $"test-{Guid.NewGuid():N}";

    protected override async ValueTask<IEventLog> OpenAsync() => await EventStoreLog.OpenAsync(Server.Log(name), EventLogMode.Append, Cancel);

    [Fact]
    public async Task Two_processes_append_to_one_stream_and_a_repeat_of_either_is_harmless()
    {
        await using var other = await OpenAsync();
        var (one, two) = (Events("one", "two"), Events("three"));
        Assert.Equal(1, await Log.AppendAsync("a", ExpectedRevision.Any, one, Cancel));
        Assert.Equal(2, await other.AppendAsync("a", ExpectedRevision.Any, two, Cancel));
        Assert.Equal(3, await Log.AppendAsync("a", ExpectedRevision.Any, Event("four"), Cancel));
        Assert.Equal(1, await other.AppendAsync("a", 3, one, Cancel));
        Assert.Equal(2, await Log.AppendAsync("a", -1, two, Cancel));
        await Assert.ThrowsAsync<WrongExpectedRevisionException>(async () => await other.AppendAsync("a", 2, Event("late"), Cancel));
        Assert.Equal(["0 one", "1 two", "2 three", "3 four"], await TextsAsync("a"));
    }

    [Fact]
    public async Task Logs_of_one_server_do_not_see_each_other()
    {
        await using var other = await EventStoreLog.OpenAsync(Server.Log($"{name}-2"), EventLogMode.Create, Cancel);
        await Log.AppendAsync("a", -1, Event("mine"), Cancel);
        await other.AppendAsync("a", -1, Event("yours"), Cancel);
        Assert.Equal(["mine"], await Log.ReadAllAsync(0, Cancel).Select(Text).ToArrayAsync(Cancel));
        Assert.Equal(["yours"], await other.ReadAllAsync(0, Cancel).Select(Text).ToArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_log_is_new_or_there_as_it_is_asked_for()
    {
        await Log.AppendAsync("a", -1, Event("one"), Cancel);
        Assert.Contains("there is such a log already", await RefusalAsync(Server.Log(name), EventLogMode.Create), StringComparison.Ordinal);
        Assert.Contains("there is no such log", await RefusalAsync(Server.Log($"{name}-none"), EventLogMode.OpenExisting), StringComparison.Ordinal);
        await using var read = await EventStoreLog.OpenAsync(Server.Log(name), EventLogMode.OpenExisting, Cancel);
        Assert.Equal(0, await read.HeadAsync("a", Cancel));
        await Assert.ThrowsAsync<EventLogException>(async () => await read.AppendAsync("a", 0, Event("two"), Cancel));
    }

    [Fact]
    public async Task A_deleted_log_is_gone_and_its_name_with_it()
    {
        await Log.AppendAsync("a", -1, Event("one"), Cancel);
        await EventStoreLog.DeleteAsync(Server.Log(name), Cancel);
        Assert.Contains("was deleted", await RefusalAsync(Server.Log(name), EventLogMode.Append), StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(string uri, EventLogMode mode) =>
        (await Assert.ThrowsAsync<EventLogException>(() => EventStoreLog.OpenAsync(uri, mode, Cancel))).Message;
}

public sealed class EventStoreAddressTests
{
    [Theory]
    [InlineData("esdb://nix", "a log in EventStoreDB is esdb://")]
    [InlineData("esdb://h/a.b", "a log in EventStoreDB is esdb://")]
    [InlineData("esdb://u:secret@h/log?tls=maybe", "esdb://h/log: ")]
    [InlineData("esdb://u:secret@h/log?retain=inputs-", "esdb:…/log: retain=inputs-: give a prefix")]
    [InlineData("esdb://u:secret@h/log?retain=inputs-:0", "esdb:…/log: retain=inputs-:0: give a prefix")]
    public async Task A_bad_address_is_refused_in_one_line_that_shows_no_password(string uri, string part)
    {
        var refusal = await Assert.ThrowsAsync<EventLogException>(() => EventStoreLog.OpenAsync(uri, EventLogMode.Append, TestContext.Current.CancellationToken));
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
