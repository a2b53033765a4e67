namespace TrafficAI.Simulation.Model;

/// <summary>One question: may this vehicle go one lane to that side?</summary>
internal struct LaneQuestion
{
    public int Slot;
    public int Direction;
    public Neighbour Leader;
    public Neighbour Ahead;
    public int At;
    public int Beside;
    public int BestOffset;
    public bool ToBest;
    public bool IsOwnBest;
    public double Distance;
    public double BesideDistance;
    public double LookAhead;
    public double ThisSafe;

    /// <summary>Limit of its lane, as the driver takes it, m/s.</summary>
    public double Most;

    public bool AvoidsRightOvertaking;
    public bool OvertakesLeft;

    public readonly bool Right => Direction < 0;

    public readonly Wish Side => Direction < 0 ? Wish.Right : Wish.Left;

    public readonly Wish Counter => Direction < 0 ? Wish.Left : Wish.Right;
}
