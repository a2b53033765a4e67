using TrafficAI.Network;

namespace TrafficAI.Runtime.Explain;

/// <summary>Turns as the arrows that are painted on lanes: the same in every language.</summary>
internal static class TurnArrows
{
    /// <summary>All of them, from left to right.</summary>
    public const string FromLeft = "↶←↖↑↗→";

    public static char Of(TurnDirection direction) => direction switch
    {
        TurnDirection.UTurn => '↶',
        TurnDirection.Left => '←',
        TurnDirection.PartialLeft => '↖',
        TurnDirection.PartialRight => '↗',
        TurnDirection.Right => '→',
        _ => '↑',
    };
}
