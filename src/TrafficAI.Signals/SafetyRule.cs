namespace TrafficAI.Signals;

/// <summary>What a monitor watches for.</summary>
public enum SafetyRule : byte
{
    ConflictingGreen,
    ShortMinimumGreen,
    ShortIntergreen,
    ShortAmber,
    ForbiddenSequence,
    ShortFlashingGreen,
}
