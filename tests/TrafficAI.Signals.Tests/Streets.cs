using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

/// <summary>Streets that several tests use.</summary>
internal static class Streets
{
    /// <summary>Two roads that cross: link 0 from the west, link 1 from the south.</summary>
    public static readonly TestLink[] TwoRoads = [new("west"), new("south")];

    public static readonly (int A, int B)[] TwoRoadsFoes = [(0, 1)];

    public const string TwoRoadsProgramme = "30 Gr; 3 yr; 2 rr; 20 rG; 3 ry; 2 rr";

    /// <summary>A main road with an opposing left turn, a side road and a crossing over it that goes with the main road: link 0 west
    /// straight, 1 west left, 2 east straight, 3 south, 4 the crossing of 13 m over the southern arm, which the left turn passes.</summary>
    public static readonly TestLink[] Full =
    [
        new("west", 20), new("west", 15, Direction: TurnDirection.Left), new("east", 20), new("south", 18),
        new("corner", 13, Crossing: true),
    ];

    public static readonly (int A, int B)[] FullFoes = [(1, 2), (0, 3), (1, 3), (2, 3), (1, 4), (3, 4)];

    /// <summary>As netconvert writes it: the crossing ends first, then the straight ones, then the left turn alone, then the side road.</summary>
    public const string FullProgramme =
        "30 GgGrG 5; 5 GgGrr; 3 ygyrr; 1 rgrrr; 8 rGrrr 6; 3 ryrrr; 1 rrrrr; 25 rrrGr 5; 3 rrryr; 1 rrrrr";

    public static IntersectionSignals Two(ControlClass controlClass = ControlClass.Site, SignalProfile? profile = null) =>
        TestStreet.Signals(TwoRoads, TwoRoadsFoes, TwoRoadsProgramme, controlClass, profile: profile);

    public static IntersectionSignals MainRoad(ControlClass controlClass = ControlClass.Site, SignalProfile? profile = null) =>
        TestStreet.Signals(Full, FullFoes, FullProgramme, controlClass, profile: profile);
}
