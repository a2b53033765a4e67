using System.Text;
using TrafficAI.EventLog;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

public sealed class SiteRecordTests
{
    private static readonly RunHeader Header = new("0", "four-arm", "sumo", "fixed", ControlClass.Site, Sensing.Full, 0, 30, 1, 1, 1, "", 0, 60, "four-arm.net.xml");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_site_is_built_again_from_the_log_alone()
    {
        var signals = """{"version":1,"date":"2026-09-15","intersections":[{"id":"centre","profile":"kz"}]}"""u8.ToArray();
        await using var log = new MemoryEventLog();
        await new SiteRecord(Header, ScriptedStreet.FourArmFile, signals).WriteAsync(log, Cancel);
        Assert.Equal(
            [RunHeader.EventType, SiteRecord.NetworkEventType, SiteRecord.SignalsEventType, StreamDigested.EventType],
            await log.ReadAsync(StreamNames.Site, 0, Cancel).Select(e => e.Type).ToArrayAsync(Cancel));
        var read = await SiteRecord.ReadAsync(log, Cancel);
        Assert.Equal(signals, read.Signals!.Value.ToArray());
        var site = read.Build();
        Assert.Equal("2026-09-15T00:00:59Z", site.File.Start.Plus(59).ToString());
        Assert.All(site.Signals[0].Groups, group => Assert.Equal(3, group.FlashingGreenSeconds));
    }

    [Theory]
    [InlineData(ControlClass.Site)]
    [InlineData(ControlClass.RPlus)]
    public void The_queue_limit_of_a_group_is_that_of_its_lanes_in_every_class(ControlClass controlClass)
    {
        var signals = """{"version":1,"intersections":[{"id":"centre","groups":[{"links":[3,4,5],"queueLimit":90}]}]}"""u8.ToArray();
        var model = Assert.Single(new SiteRecord(Header with { Class = controlClass }, ScriptedStreet.FourArmFile, signals).Build().Models);
        var limited = model.Lanes.Where(lane => model.QueueLimits[lane.Index] == 90).ToArray();
        Assert.NotEmpty(limited);
        Assert.All(model.Lanes, lane => Assert.Equal(lane.Movements.Any(m => model.Movements[m].Link is >= 3 and <= 5), limited.Contains(lane)));
        Assert.All(model.Lanes.Except(limited), lane => Assert.Null(model.QueueLimits[lane.Index]));
    }

    [Fact]
    public async Task Without_the_file_there_is_no_such_event_and_the_programme_stands()
    {
        await using var log = new MemoryEventLog();
        await new SiteRecord(Header, ScriptedStreet.FourArmFile).WriteAsync(log, Cancel);
        var read = await SiteRecord.ReadAsync(log, Cancel);
        Assert.Null(read.Signals);
        Assert.Same(SignalsFile.None, read.Build().File);
    }

    [Fact]
    public async Task A_file_larger_than_an_append_is_recorded_in_pieces()
    {
        var padding = string.Concat(Enumerable.Repeat(new string(' ', 1000) + "\n", 1_200));
        var signals = Encoding.UTF8.GetBytes($$"""{"version":1,{{padding}}"profile":"kz"}""");
        await using var log = new MemoryEventLog();
        await new SiteRecord(Header, ScriptedStreet.FourArmFile, signals).WriteAsync(log, Cancel);
        Assert.Equal(3, await log.ReadAsync(StreamNames.Site, 0, Cancel).CountAsync(e => e.Type == SiteRecord.SignalsEventType, Cancel));
        Assert.Equal(signals, (await SiteRecord.ReadAsync(log, Cancel)).Signals!.Value.ToArray());
    }
}
