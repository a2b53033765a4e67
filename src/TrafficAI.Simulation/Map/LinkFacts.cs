namespace TrafficAI.Simulation.Map;

/// <summary>What a step needs of a link; lists of others are flat spans of <see cref="StreetMap"/>'s tables.</summary>
internal struct LinkFacts
{
    /// <summary>Of all links but those of zippers, metres.</summary>
    public const double UsualVisibility = 4.5;

    public int From;

    /// <summary>The lane that is entered: inside the junction, or behind it.</summary>
    public int Next;

    /// <summary>The ordinary lane behind the junction.</summary>
    public int To;

    /// <summary>It leads onto a lane inside a junction.</summary>
    public bool HasVia;

    /// <summary>It leaves a lane inside a junction.</summary>
    public bool FromInside;

    /// <summary>Of the lane inside that it leads onto, metres.</summary>
    public double Length;

    public int Junction;

    /// <summary>Row of the right-of-way matrix: its own, for a link inside that of the way to which it belongs; −1 without.</summary>
    public int Row;

    public int Signal;
    public int Letter;

    /// <summary>Its letter without a light.</summary>
    public char State;

    public bool KeepsClear;

    /// <summary>The junction has ways that cross or merge.</summary>
    public bool HasFoes;

    /// <summary>Who yields here may wait inside the junction (SUMO's <c>cont</c>).</summary>
    public bool WaitsInside;

    public bool OnFoot;
    public bool IsStraight;

    /// <summary>From how far all foes can be seen, metres.</summary>
    public double Visibility;

    /// <summary>For the link that leaves a place to wait inside: the link by which the junction was entered; else −1.</summary>
    public int AfterPlace;

    /// <summary>Of a lane inside that crosses a pedestrian crossing.</summary>
    public bool CrossesWalkers;

    /// <summary>Somebody must look for those who approach it.</summary>
    public bool IsWatched;

    /// <summary>Those whom it lets go first.</summary>
    public int[] Foes;

    /// <summary>Of a link that leaves a lane inside: the lanes inside that meet that lane.</summary>
    public Meeting[] Meetings;

    /// <summary>Per meeting its lane.</summary>
    public int[] MeetingLanes;

    /// <summary>All of them are among so many lanes from this one on.</summary>
    public int FirstMeetingLane;
    public int MeetingLaneRange;

    /// <summary>It leads from one lane inside a junction to another.</summary>
    public readonly bool IsPlaceExit => FromInside && HasVia;

    public readonly bool IsEntry => HasVia && !FromInside;

    public readonly bool IsExit => FromInside && !HasVia;
}
