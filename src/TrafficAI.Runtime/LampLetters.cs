using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Lamps and modes as they are recorded and shown to people.</summary>
public static class LampLetters
{
    private const string Letters = "-RuGfAo";

    /// <summary>One letter per group: R red, u red-amber, G green, f flashing green, A amber, o flashing amber, - dark; ? for what no lamp can show.</summary>
    public static string Of(ImmutableArray<Lamp> lamps) => string.Create(lamps.Length, lamps, (text, from) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = (int)from[i] < Letters.Length ? Letters[(int)from[i]] : '?';
    });

    public static string Of(ControlMode mode) => mode switch
    {
        ControlMode.Local => "local",
        ControlMode.Plan => "plan",
        ControlMode.Fault => "fault",
        ControlMode.Off => "off",
        _ => "?",
    };
}
