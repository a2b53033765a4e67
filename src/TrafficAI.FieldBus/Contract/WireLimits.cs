namespace TrafficAI.FieldBus;

/// <summary>The limits of contract v1: see "Limits" in its specification.</summary>
public static class WireLimits
{
    /// <summary>The minor version of the contract that this is.</summary>
    public const int ContractMinor = 2;

    public const int OrderBytes = 4 << 10;
    public const int MessageBytes = 32 << 10;
    public const int ConfigurationBytes = 256 << 10;
    public const int BacklogBytes = 1 << 20;
    public const int Groups = 64;
    public const int Phases = 32;
    public const int SequenceSteps = 64;

    /// <summary>Of all passages, closings and the start together.</summary>
    public const int SequencesSeconds = 65_536;

    public const int Detectors = 256;
    public const int Objects = 512;
    public const int Actuations = 256;
    public const int PlanEntries = 32;
    public const int PlanSteps = 64;
    public const int BacklogFrames = 60;
    public const int TextBytes = 200;
    public const int NameBytes = 100;
    public const int ChecksumBytes = 32;
    public const int LeaseSeconds = 3600;
    public const int Persons = 500;
    public const int DaySeconds = 86_400;

    /// <summary>Street seconds stay below: some 4000 years.</summary>
    public const long Seconds = 1L << 37;

    /// <summary>Counts and sequences stay below, so that sums never overflow.</summary>
    public const long Count = 1L << 62;
}
