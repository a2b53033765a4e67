using TrafficAI.EventLog;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Explain;
using TrafficAI.Signals;
using TrafficAI.Sumo.Tests;

namespace TrafficAI.Cli.Tests;

public sealed class MomentViewTests
{
    private const long SwitchedAt = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SwitchedAt - 5, "controller runs its own plan", true)]
    [InlineData(SwitchedAt + 60, "controller off: flashing amber at a person's wish", false)]
    public async Task A_controller_that_was_switched_off_is_no_fault_and_nothing_is_planned(long second, string controller, bool decided)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        await using var log = new MemoryEventLog();
        var header = new RunHeader("0", "grid", "sumo", "fixed", ControlClass.Site, Sensing.Full, 0, 30, 1, 1, 1, "", 0, 120, "grid.net.xml");
        await new SiteRecord(header, street.Scenario.NetBytes).WriteAsync(log, Cancel);
        var replay = await Replay.OpenAsync(log, Cancel);
        await RecordAsync(log, replay.Site);
        var text = await MomentView.OfAsync(replay, replay.Site.Models[0], second, Cancel);
        Assert.Contains(controller, text, StringComparison.Ordinal);
        Assert.Equal(decided, text.Contains("  decision  ", StringComparison.Ordinal));
        var told = await Explainer.ExplainAsync(replay, replay.Site.Models[0], second, Cancel);
        Assert.Equal((decided ? ControlMode.Local : ControlMode.Off, decided), (told.Shown!.Mode, told.Decided is not null));
    }

    /// <summary>Frames of a controller that a person switches off.</summary>
    private static async Task RecordAsync(MemoryEventLog log, Site site)
    {
        var controller = new VirtualController(site.Signals[0], 0);
        var inputs = new LogStream(log, StreamNames.Inputs(controller.Signals.Id));
        var nothing = DetectorReadings.Nothing(Sensing.Full, site.Network.Intersections[0].Detectors.Length);
        for (var second = 0L; second < 120; second++)
        {
            var frame = new Frame(controller.Signals.Id, second, controller.Mode, controller.State, nothing);
            await inputs.AppendAsync([InputCodec.Encode(new IntersectionInput.FrameCame(frame))], Cancel);
            if (second == SwitchedAt) controller.SwitchOff();
            controller.Step();
        }
    }
}
