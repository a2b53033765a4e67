using TrafficAI.Optimisation;
using TrafficAI.Runtime.Explain;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests.Explain;

/// <summary>An explanation made by hand: F2 is green because its queue was long.</summary>
internal static class Told
{
    public static DecisionFacts Decision { get; } = new(
        65, 65, false, "adaptive", null, "F1", 20, "F2", "F2", Guard.None, 65, Motive.LeastCost, "F2 now saves 21 vehicle-seconds against staying",
        new SeenFacts([new("north_1", "↑→", 6.2, 8, 41), new("west_1", "←↑", 1, 2, 0), new("east_1", "↑", 0, 0, 0)], 1, 38, ["south_out_0"]),
        Yardstick.Waiting, null, "F2", 4,
        [
            new("F1", 65, 126.4, new(100.02, 12.32, 4.03, 10.03), 1),
            new("F2", 65, 105.2, new(80.14, 12.02, 9.04, 4), 6.2),
            new("F3", 71, 140, new(120, 14, 6, 0), 0),
        ]);

    public static Explanation Moment { get; } = new(
        Explanation.SchemaName, "1", "1", "made", "centre", new Names("Centre", "Центр", "Орталық"), 80, "2026-09-15T00:01:20Z", new LimitFacts(1, 120),
        [new("F1", 7, [], [new("west", "←↑"), new("east", "↑")], 1), new("F2", 7, [], [new("north", "↑→")], 2), new("F3", 7, ["K3"], [], 0)],
        new ShownFacts(80, ControlMode.Plan, "F2", null, 71, 10, 0, "RG"), 80, Message.Frame, null, null, Decision,
        new OutcomeFacts("F2", 65, 71, null, null, 71),
        Decision with { Second = 80, ActsAt = 80, Running = "F2", RunningS = 9, Wanted = "F2", Usual = "F1" });
}
