namespace TrafficAI.Simulation.Map;

/// <summary>Where two lanes inside a junction cross, merge or part, seen from one of them.</summary>
internal struct Meeting
{
    /// <summary>The other lane.</summary>
    public int Lane;

    /// <summary>The link at the end of the other lane.</summary>
    public int Exit;

    /// <summary>From the begin of the meeting to the end of one's own lane, metres; beyond 10 km where they do not touch.</summary>
    public double Behind;

    /// <summary>The same on the other lane.</summary>
    public double FoeBehind;

    /// <summary>How long the meeting is on one's own lane, metres.</summary>
    public double Size;

    public double FoeSize;

    /// <summary>Both leave the junction onto the same lane here.</summary>
    public bool SameTarget;

    /// <summary>Both come from the same lane.</summary>
    public bool SameSource;

    /// <summary>The other lane ends at a place to wait, and one's own neither does nor begins at one.</summary>
    public bool FoeMayWait;

    /// <summary>The other lane ends at a place to wait.</summary>
    public bool FoeBeforePlace;

    /// <summary>One's own way yields to the other by the matrix.</summary>
    public bool Yields;

    /// <summary>The other way yields to one's own.</summary>
    public bool FoeYields;

    /// <summary>Links by which the junction is entered.</summary>
    public int Entry;

    public int FoeEntry;

    /// <summary>Both begin on the same ordinary lane.</summary>
    public bool SameOrigin;

    /// <summary>The other lane is a pedestrian crossing.</summary>
    public bool IsCrossing;
}
