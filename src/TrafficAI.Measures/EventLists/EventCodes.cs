namespace TrafficAI.Measures.EventLists;

/// <summary>Codes of the enumeration of Indiana's traffic signal high-resolution data loggers (Purdue University, INDOT and the controller vendors, 2012).</summary>
public static class EventCodes
{
    public const int BeginGreen = 1;
    public const int GapOut = 4;
    public const int MaxOut = 5;
    public const int ForceOff = 6;
    public const int GreenTermination = 7;
    public const int BeginYellow = 8;
    public const int EndYellow = 9;
    public const int BeginRedClearance = 10;
    public const int BeginWalk = 21;
    public const int BeginChangeInterval = 22;
    public const int BeginSolidDoNotWalk = 23;
    public const int PedestrianCall = 45;
    public const int DetectorOff = 81;
    public const int DetectorOn = 82;
    public const int DetectorRestored = 83;
    public const int DetectorFault = 84;
    public const int LastDetectorFault = 88;
    public const int PreemptionEntry = 105;
    public const int PriorityCheckIn = 112;
    public const int PriorityCheckOut = 115;
    public const int PatternChange = 131;
    public const int FlashStatus = 173;
}
