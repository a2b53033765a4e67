namespace TrafficAI.Simulation.Routes;

/// <summary>What a lane is worth to a vehicle at one place of its route (SUMO's <c>LaneQ</c>).</summary>
internal struct Prospect
{
    /// <summary>Edges ahead that are told at most.</summary>
    public const int MostAhead = 9;

    private const int PositionBits = 7;

    /// <summary>How far the vehicle gets from the begin of this lane without changing lanes, metres.</summary>
    public double Length;

    /// <summary>On which lane of each edge ahead it comes when it stays on this one.</summary>
    private ulong positions;

    /// <summary>The link by which the route goes on from this lane; −1 where it does not, and on the last edge.</summary>
    public int Link;

    /// <summary>Number of this place among those of all routes.</summary>
    public int Place;

    /// <summary>How many lanes to the left the best one is; negative to the right.</summary>
    public sbyte Offset;

    /// <summary>Lanes of its edge: so many prospects lie before those of the next place.</summary>
    public byte Lanes;

    /// <summary>How many edges ahead it reaches without changing lanes, at most <see cref="MostAhead"/>.</summary>
    public byte Ahead;

    /// <summary>The route goes on from this lane.</summary>
    public bool Continues;

    /// <summary>The route ends on this edge.</summary>
    public bool IsLast;

    /// <summary>The lane, counted within its edge, on which it comes.</summary>
    /// <param name="edge">0 for the next edge, below <see cref="Ahead"/>.</param>
    public readonly int PositionAt(int edge) => (int)(positions >> (edge * PositionBits)) & ((1 << PositionBits) - 1);

    /// <summary>Goes on to a lane of the next edge, and as that one does from there.</summary>
    public void Follow(int position, in Prospect next)
    {
        positions = next.positions << PositionBits | (uint)position;
        Ahead = (byte)Math.Min(next.Ahead + 1, MostAhead);
    }
}
