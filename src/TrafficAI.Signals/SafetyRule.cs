namespace TrafficAI.Signals;

/// <summary>What a monitor watches for. The numbers are stable: they are recorded.</summary>
public enum SafetyRule : byte
{
    ConflictingGreen = 0,
    ShortMinimumGreen = 1,
    ShortIntergreen = 2,
    ShortAmber = 3,
    ForbiddenSequence = 4,
    ShortFlashingGreen = 5,
}
