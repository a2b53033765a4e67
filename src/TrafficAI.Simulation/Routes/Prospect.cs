namespace TrafficAI.Simulation.Routes;

/// <summary>What a lane is worth to a vehicle at one place of its route (SUMO's <c>LaneQ</c>).</summary>
internal struct Prospect
{
    /// <summary>How far the vehicle gets from the begin of this lane without changing lanes, metres.</summary>
    public double Length;

    /// <summary>The link by which the route goes on from this lane; −1 where it does not, and on the last edge.</summary>
    public int Link;

    /// <summary>The ordinary lane to which that link leads, and the prospect of it; −1 without.</summary>
    public int To;

    public int Next;

    /// <summary>How many lanes to the left the best one is; negative to the right.</summary>
    public sbyte Offset;

    /// <summary>Lanes of its edge: so many prospects lie before those of the next place.</summary>
    public byte Lanes;

    /// <summary>The route goes on from this lane.</summary>
    public bool Continues;

    /// <summary>The route ends on this edge.</summary>
    public bool IsLast;
}
