namespace TrafficAI.Simulation.Model;

/// <summary>What a vehicle remembers for changing lanes: as much as is read together from memory.</summary>
internal struct Changing
{
    /// <summary>In place of a length.</summary>
    public const double NotWorse = -1;

    public Wish State;

    /// <summary>How many speeds it is asked for in the next step.</summary>
    public byte AdviceCount;

    /// <summary>Of its route: how many lanes to the left the best one is; negative to the right.</summary>
    public sbyte BestOffset;

    /// <summary>Grows while the left is faster, falls while the right is.</summary>
    public double SpeedGain;

    /// <summary>Falls while the right lane is free.</summary>
    public double KeepRight;

    /// <summary>Decaying maximum of the speed, m/s.</summary>
    public double LookAheadSpeed;

    /// <summary>Room that it leaves for one who wants onto its lane, metres.</summary>
    public double BlockerLength;

    /// <summary>What is left of its lane, metres.</summary>
    public double LeftSpace;

    /// <summary>Of its route: how far the lanes beside lead, metres; <see cref="NotWorse"/> for one of the best, one on the way to it, or none.</summary>
    public double RightLength;

    public double LeftLength;

    /// <summary>Nothing here changes the next speed.</summary>
    public readonly bool IsQuiet => ((int)(State & (Wish.Wanted | Wish.BlockingLeader)) | AdviceCount) == 0 && BlockerLength == 0;

    /// <summary>Nothing here lasts only until the next movement.</summary>
    public readonly bool IsUntouched => ((int)State | AdviceCount) == 0 && (BitConverter.DoubleToInt64Bits(BlockerLength) | BitConverter.DoubleToInt64Bits(LeftSpace)) == 0;

    /// <summary>Forgets what was wished and asked for before the movement, but for the side to which the route leads.</summary>
    public void Prepare()
    {
        State = (State & Wish.Strategic) != 0 ? State & Wish.Wanted : Wish.None;
        (BlockerLength, LeftSpace, AdviceCount) = (0, 0, 0);
    }
}
