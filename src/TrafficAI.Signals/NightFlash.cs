namespace TrafficAI.Signals;

/// <summary>The time of day in which lights flash amber because hardly anybody is about (ДСТУ 4092-2002, 7.34: in long periods of little traffic).</summary>
/// <param name="FromSecond">Second of the day in Almaty (UTC+5) at which it begins, 0 to 86 399.</param>
/// <param name="ToSecond">At which phases come back, 0 to 86 399; before <paramref name="FromSecond"/> where it lasts over midnight, never the same.</param>
public sealed record NightFlash(int FromSecond, int ToSecond)
{
    private const int Day = 86_400;
    private const int AlmatyIsAhead = 5 * 3600; // all year since 1 March 2024

    /// <summary>The street second at which phases come back; null while it is not night.</summary>
    /// <param name="second">A street second: 0 is midnight UTC of some day.</param>
    public long? EndAt(long second)
    {
        var since = Since(FromSecond, second);
        var length = Since(FromSecond, ToSecond - AlmatyIsAhead);
        return since < length ? second - since + length : null;
    }

    /// <summary>Such as 01:00–05:00.</summary>
    public override string ToString() => $"{Clock(FromSecond)}–{Clock(ToSecond)}";

    private static long Since(int secondOfDay, long second) => (((second + AlmatyIsAhead - secondOfDay) % Day) + Day) % Day;

    private static string Clock(int second) => $"{second / 3600:00}:{second / 60 % 60:00}";
}
