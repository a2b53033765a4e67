namespace TrafficAI.Signals;

/// <summary>The letters of a SUMO programme: what they show.</summary>
internal static class Letter
{
    public const string Known = "GgyYrsuoO";

    public static bool IsGreen(char letter) => letter is 'G' or 'g';

    public static bool IsRed(char letter) => letter is 'r' or 's';

    /// <summary>Flashing or dark: no control.</summary>
    public static bool IsOff(char letter) => letter is 'o' or 'O';

    /// <summary>Amber and red-amber: they belong to passages only.</summary>
    public static bool IsPassing(char letter) => letter is 'y' or 'Y' or 'u';

    /// <summary>What a letter of a phase shows. Amber in a phase means that nobody is controlled: old programmes write so what is now
    /// written as 'o'.</summary>
    public static Lamp LampInPhase(char letter) => IsPassing(letter) ? Signals.Lamp.FlashingAmber : Lamp(letter);

    /// <summary>What a letter shows when nothing is known of what came before.</summary>
    public static Lamp Lamp(char letter) => letter switch
    {
        'G' or 'g' => Signals.Lamp.Green,
        'y' or 'Y' => Signals.Lamp.Amber,
        'u' => Signals.Lamp.RedAmber,
        'o' => Signals.Lamp.FlashingAmber,
        'O' => Signals.Lamp.Dark,
        _ => Signals.Lamp.Red,
    };
}
