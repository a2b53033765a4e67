namespace TrafficAI.Signals;

/// <summary>What a signal group shows. The numbers are stable: they are recorded.</summary>
public enum Lamp : byte
{
    Dark = 0,
    Red = 1,
    RedAmber = 2,
    Green = 3,
    FlashingGreen = 4,
    Amber = 5,
    FlashingAmber = 6,
}

/// <summary>Questions about lamps.</summary>
public static class Lamps
{
    /// <summary>Traffic may go: steady or flashing green.</summary>
    public static bool IsGreen(this Lamp lamp) => lamp is Lamp.Green or Lamp.FlashingGreen;
}
