using TrafficAI.EventLog;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Explain;
using TrafficAI.Signals;
using TrafficAI.Sumo.Tests;

namespace TrafficAI.Cli.Tests;

public sealed class MomentViewTests
{
    private const long SwitchedAt = 40;
    private const long FirstMissing = 16;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SwitchedAt - 5, "controller runs its own plan", true)]
    [InlineData(SwitchedAt + 60, "controller off: flashing amber at a person's wish", false)]
    public async Task A_controller_that_was_switched_off_is_no_fault_and_nothing_is_planned(long second, string controller, bool decided)
    {
        var (text, told) = await AtAsync(second);
        Assert.Contains(controller, text, StringComparison.Ordinal);
        Assert.Equal(decided, text.Contains("  decision  ", StringComparison.Ordinal));
        Assert.Equal((decided ? ControlMode.Local : ControlMode.Off, decided), (told.Shown!.Mode, told.Decided is not null));
    }

    [Theory]
    [InlineData(20, "(no frame came since: the lamps are those of 00:00:14): ", true)]
    [InlineData(16, "(no frame came since: the lamps are those of 00:00:14): ", true)]
    [InlineData(15, "(the lamps are those of the second before, the last that was reported): ", true)]
    [InlineData(25, " at 00:00:25: ", true)]
    [InlineData(119, "(the lamps are those of the second before, the last that was reported): ", false)]
    [InlineData(130, ": nothing was recorded; the log ends at 00:01:59", false)]
    public async Task Where_frames_are_missing_the_last_lamps_are_shown_with_their_age(long second, string told, bool decided)
    {
        var (text, _) = await AtAsync(second);
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.Equal(decided, text.Contains("  decision  ", StringComparison.Ordinal));
    }

    private static async Task<(string Text, Explanation Told)> AtAsync(long second)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        await using var log = new MemoryEventLog();
        var header = new RunHeader("0", "grid", "sumo", "fixed", ControlClass.Site, Sensing.Full, 0, 30, 1, 1, 1, "", 0, 120, "grid.net.xml");
        await new SiteRecord(header, street.Scenario.NetBytes).WriteAsync(log, Cancel);
        var replay = await Replay.OpenAsync(log, Cancel);
        await RecordAsync(log, replay.Site);
        return (await MomentView.OfAsync(replay, replay.Site.Models[0], second, Cancel), await Explainer.ExplainAsync(replay, replay.Site.Models[0], second, Cancel));
    }

    /// <summary>Frames of a controller that a person switches off; a few of them are missing.</summary>
    private static async Task RecordAsync(MemoryEventLog log, Site site)
    {
        var controller = new VirtualController(site.Signals[0], 0);
        var inputs = new LogStream(log, StreamNames.Inputs(controller.Signals.Id));
        var nothing = DetectorReadings.Nothing(Sensing.Full, site.Network.Intersections[0].Detectors.Length);
        for (var second = 0L; second < 120; second++)
        {
            var frame = new Frame(controller.Signals.Id, second, controller.Mode, controller.State, nothing);
            IntersectionInput input = second is >= FirstMissing and < FirstMissing + 8 ? new IntersectionInput.FrameMissed(second) : new IntersectionInput.FrameCame(frame);
            await inputs.AppendAsync([InputCodec.Encode(input)], Cancel);
            if (second == SwitchedAt) controller.SwitchOff();
            controller.Step();
        }
    }
}
