using TrafficAI.EventLog;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;

namespace TrafficAI.Runtime.Tests;

public sealed class SessionLogTests
{
    private const string Received = "2026-09-15T00:00:00Z";
    private static readonly IntersectionId A = new("A");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_told_is_recorded_and_the_boots_are_known_to_the_next_server()
    {
        await using var log = new MemoryEventLog();
        for (var server = 0; server < 2; server++)
        {
            await using var sessions = await SessionLog.OpenAsync(log, [A], Cancel);
            sessions.Tell(A, new BootBegun(Received, 500 + server, $"00000000000000f{server}", 20));
            sessions.Tell(A, new FramesSkipped(Received, 510, 511));
            sessions.Tell(new("B"), new FramesSkipped(Received, 510, 511));
            await sessions.CompleteAsync();
            Assert.Equal((1, 1), ((int)sessions.Lost, sessions.Ends.Count()));
        }

        var known = (await SessionLog.KnownAsync(log, [A, new("C")], Cancel))[A];
        Assert.Equal([new KnownBoot(0xf0, 480), new KnownBoot(0xf1, 481)], known.Boots);
        Assert.Null(known.LastSecond);
        Assert.Equal(
            [SessionEvents.BootBegun, SessionEvents.FramesSkipped, StreamDigested.EventType, SessionEvents.BootBegun, SessionEvents.FramesSkipped, StreamDigested.EventType],
            await log.ReadAsync(StreamNames.Session(A), 0, Cancel).Select(e => e.Type).ToArrayAsync(Cancel));
        Assert.Empty((await LogAudit.RunAsync(log, _ => null, Cancel)).Findings);
    }
}
