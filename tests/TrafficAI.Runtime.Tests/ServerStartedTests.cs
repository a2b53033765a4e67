using TrafficAI.EventLog;

namespace TrafficAI.Runtime.Tests;

public sealed class ServerStartedTests
{
    private static readonly SiteRecord Site = new(LockstepContract.Header("adaptive", 1) with { Build = RunHeader.ThisBuild }, ScriptedStreet.FourArmFile);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_epoch_is_the_revision_of_the_start_and_rises_at_each()
    {
        await using var log = new MemoryEventLog();
        long[] epochs = [await StartAsync(log), await StartAsync(log), await StartAsync(log)];
        var starts = await log.ReadAsync(StreamNames.Site, 0, Cancel).Where(e => e.Type == ServerStarted.EventType).ToListAsync(Cancel);
        Assert.Equal(starts.Select(e => e.Revision), epochs);
        Assert.Equal(starts.Select(e => ServerStarted.Decode(e.Payload).Epoch), epochs);
        Assert.Equal(epochs.Order().Distinct(), epochs);
        Assert.Empty((await LogAudit.RunAsync(log, _ => null, Cancel)).Findings);
    }

    [Fact]
    public async Task A_new_log_begins_above_what_controllers_have_obeyed_and_goes_on_from_there()
    {
        await using var log = new MemoryEventLog();
        long[] epochs = [await StartAsync(log, 500), await StartAsync(log), await StartAsync(log, 3)];
        Assert.Equal([500L, 501, 502], epochs);
    }

    [Fact]
    public async Task A_log_of_another_site_or_build_is_not_gone_on_with()
    {
        await using var log = new MemoryEventLog();
        var epoch = await StartAsync(log);
        (SiteRecord Site, string Says)[] others =
        [
            (Site with { Header = Site.Header with { LatencySeconds = 2 } }, "another scenario, strategy, class, sensing, latency"),
            (Site with { Header = Site.Header with { Build = "other" } }, "begun by build"),
            (Site with { Network = Site.Network[..^1] }, "another network file"),
            (Site with { Signals = "{}"u8.ToArray() }, "another signals.json"),
        ];
        foreach (var (site, says) in others)
        {
            var refusal = await Assert.ThrowsAsync<OtherLogException>(() => ServerStarted.RecordAsync(log, site, 1, Cancel));
            Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(epoch + 1, refusal.NextEpoch);
        }

        Assert.Equal(epoch + 2, await StartAsync(log));
    }

    private static async Task<long> StartAsync(IEventLog log, long lowest = 1) => (await ServerStarted.RecordAsync(log, Site, lowest, Cancel)).Epoch;
}
