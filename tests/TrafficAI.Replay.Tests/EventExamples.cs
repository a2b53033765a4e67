using TrafficAI.EventLog;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Replay.Tests;

/// <summary>One event of every type, with a value of its own in every field: what the golden file of the type says.</summary>
internal static class EventExamples
{
    public static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["run-started.v1"] = new RunHeader(
            "0.1.0+abc", "four-arm", "sumo", "adaptive", ControlClass.RPlus, Sensing.Loops, 1, 30, 2, 11, 1.25, "loss=5%,delay=2s", 25200, 28800, "four-arm.net.xml"),
        ["server-started.v1"] = new ServerStarted("0.1.0+abc", 6),
        ["run-ended.v1"] = new RunEnded(28800, [new StreamEnd("inputs-A0", 3661, new string('a', 64)), new StreamEnd("intersection-A0", 812, new string('b', 64))]),
        ["network-file.v1"] = (ReadOnlyMemory<byte>)new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xb3, 0xcb, 0x4b, 0x2d, 0x29, 0xcf, 0x2f, 0xca, 0xd6, 0xb7, 3, 0 },
        ["signals-file.v1"] = (ReadOnlyMemory<byte>)"""{"version":1,"profile":"kz"}"""u8.ToArray(),
        ["plans-file.v1"] = (ReadOnlyMemory<byte>)"""{"version":1,"class":"S","intersections":[]}"""u8.ToArray(),
        ["stream-digested.v1"] = new StreamDigested(60, new string('c', 64)),
        ["frame.v1"] = new IntersectionInput.FrameCame(Frame(null)),
        ["frame.v2"] = new IntersectionInput.FrameCame(Frame(new(25199, SafetyRule.ShortIntergreen, 1, 0, "group 1 became green in second 25199, 3 s after the end of group 2; it needs 5 s"))),
        ["forecasts.v1"] = new IntersectionInput.ForecastsCame(25200, [new(2, 25197, [new(127)]), new(2, 25199, [new(0)]), new(300, 25199, [new(1), new(64)])]),
        ["forecasts.v2"] = new IntersectionInput.ForecastsCame(25200, [new(2, 25199, [new(127, [0, 0, 56, 100]), new(0)]), new(300, 25199, [new(1, [250])])]),
        ["forecasts.v3"] = new IntersectionInput.ForecastsCame(25200, [new(2, 25199, [new(127, [0, 0, 56, 100]), new(0)], 0), new(3, 25198, [new(5)]), new(300, 25199, [new(1, [250])], 100)]),
        ["frame-missed.v1"] = new IntersectionInput.FrameMissed(25201),
        ["backlog.v1"] = new IntersectionInput.BacklogCame(25300, [Frame(null), Frame(new(25199, SafetyRule.ShortAmber, 1, -1, "group 2 had 2 s of amber; it needs 3 s"))]),
        ["priority-asked.v1"] = new IntersectionInput.PriorityAsked(25200, new(0x00f1e2d3c4b5a697, 4_000_000_000, 6, ObjectClass.TwoWheeler, 25218, true)),
        ["priority-answered.v1"] = new PriorityAnswered(25201, 42, "00f1e2d3c4b5a697", 4_000_000_000, "rejected", "only emergency vehicles are served"),
        ["operator-acted.v1"] = new IntersectionInput.OperatorActed(25200, new(OperatorAct.Hold, new(2), 25800, "aigerim", "procession on Abay avenue")),
        ["override-begun.v1"] = new OverrideBegun(25200, 42, "hold", 25800, "aigerim", "procession on Abay avenue") { Phase = "F2" },
        ["override-ended.v1"] = new OverrideEnded(25500, 343, "hold", "withdrawn") { By = "daniyar", Reason = "the procession has passed" },
        ["planning-held.v1"] = new IntersectionInput.PlanningHeld(25200, "its configuration has checksum 0123abcd, and ours 4567cdef"),
        ["planning-resumed.v1"] = new IntersectionInput.PlanningResumed(25260),
        ["inputs-ended.v1"] = new IntersectionInput.RunEnded(28800),
        ["phase-decided.v1"] = new PhaseDecided(
            25200, 42, 25201, "F1", "F2", "F1", "minimum-green", "adaptive", "more is worth waiting for", [new("F1", 0.1), new("F2", 1.0 / 3)],
            [0, 2.5, 3], [1, 4, 3], [2]),
        ["lamps-changed.v1"] = new LampsChanged(25200, "F1", "-RuGfAo", 7, "F2"),
        ["mode-changed.v1"] = new ModeChanged(25200, "plan"),
        ["violation-found.v1"] = new ViolationFound(
            25199, 43, "conflicting-green", [1, 2], "F1", "controller", "groups 1 and 2 conflict and are both green in second 25199", "F2"),
        ["strategy-failed.v1"] = new StrategyFailed(25200, 42, "InvalidOperationException: no idea", "fixed"),
        ["input-refused.v1"] = new InputRefused(25200, 42, "it is no newer than the frame before it"),
        ["detector-health-changed.v1"] = new DetectorHealthChanged(25200, 42, "north_1/stop", "silent", "no change for 84 s, while others saw 10 vehicles cross it"),
        ["control-level-changed.v1"] = new ControlLevelChanged(25200, 42, "sensed", "profiles", "1 of 30 detectors lost, 0 of 10 lanes blind"),
        ["incident-found.v1"] = new IncidentFound(25200, 42, "north_1", "the first vehicle has stood through 2 greens, 31 s in all, before a free exit"),
        ["incident-ended.v1"] = new IncidentEnded(25300, 142, "north_1"),
        ["gate-held.v1"] = new GateHeld(25200, 42, ["north_0", "north_1"], 35, 420, 83, "the region is too full, and its share has entered"),
        ["gate-opened.v1"] = new GateOpened(25230, 72, ["north_0", "north_1"], 34, 415, 151, "its queue has reached the limit"),
        ["parameters-learned.v1"] = new ParametersLearned(
            28800, 3661, [new("north_1", 1.8125, 0.4375, 512.5, 8.25, [new("south_1", 0.75, 0.0625), new("east_0", 0.25, 0.0625)])], [new(2, 31.5, 2.25, 0.8125)]),
        ["decisions-digested.v1"] = new DecisionsDigested(25260, 60, new string('d', 64)),
        ["decisions-digested.v2"] = new DecisionsDigested(25320, 120, new string('e', 64)),
        ["controller-came.v1"] = new ControllerCame(Received, "00f1e2d3c4b5a697", "tai reference 1.0", new string('f', 64), true),
        ["control-used.v1"] = new ControlUsed(Received, "aigerim", "operator", "override", "A0", "done", "a crash blocks the road", 25_200, """{"act":"hold"}"""),
        ["controller-left.v1"] = new ControllerLeft(Received, "offline"),
        ["boot-begun.v1"] = new BootBegun(Received, 25200, "00f1e2d3c4b5a697", 17),
        ["frames-skipped.v1"] = new FramesSkipped(Received, 25210, 25215),
        ["messages-counted.v1"] = new MessagesCounted(Received, 25260, 60, 1, 2, 3, 4),
        ["message-refused.v1"] = new MessageRefused(Received, 25260, "up/frame", "malformed", "Frame: its boot is 0"),
        ["quarantine-begun.v1"] = new QuarantineBegun(Received, 25260, "10 messages refused within 60 s, the last: Frame: its boot is 0"),
        ["quarantine-ended.v1"] = new QuarantineEnded(Received, 25320),
        ["plan-refused.v1"] = new PlanRefused(Received, 25260, 61, "older-epoch", "epoch 3 is older than 5"),
        ["clock-shifted.v1"] = new ClockShifted(Received, 25260, -30_012, "free"),
        ["alarm-reported.v1"] = new AlarmReported(Received, 25260, "lamp", true, 3, "red of group 3 draws no current"),
        ["latency-differed.v1"] = new LatencyDiffered(Received, 25260, 1, 2),
    };

    private const string Received = "2026-09-15T07:01:00.123Z";

    public static string Stream => "A0";

    private static Frame Frame(Violation? violation) => new(
        new IntersectionId(Stream), 25200, violation is null ? ControlMode.Plan : ControlMode.Fault,
        new SignalState(25199, new PhaseId(1), new PhaseId(2), 3, [Lamp.Green, Lamp.Red, Lamp.FlashingGreen], [7, 5, 130], 19),
        new DetectorReadings(
            Sensing.Full,
            [new(1, 44, 81, ObjectClass.Bus, 3), new(1, 416, 0, ObjectClass.Car, 4), new(6, 1999, 139, ObjectClass.Emergency, 70_000)],
            [new(1, 1000), default, new(0, 400), default, default, default, default, default, new(2, 63)]),
        violation);
}
