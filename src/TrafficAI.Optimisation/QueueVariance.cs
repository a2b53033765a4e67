namespace TrafficAI.Optimisation;

/// <summary>How sure the number of vehicles is that the loops of a lane tell: its variance, in vehicles². No decision depends on it.</summary>
/// <remarks>Input–output counting drifts with every vehicle that it counts, and of those behind the advance loop nothing is known but how many come on
/// average, a Poisson number. Three things end the doubt: both loops clear under green (nobody waits), a queue on the advance loop (the room between the loops is full, give or take),
/// and the end of that queue coming over the loop (nobody is behind it): the break points of Liu, Wu, Ma and Hu (2009), Real-time queue length estimation for congested signalized intersections, Transp. Res. C 17.</remarks>
public sealed class QueueVariance
{
    /// <summary>Of one count: about 3 in 100 vehicles are missed, counted twice, or counted on the lane beside.</summary>
    private const double OfCount = 0.03;

    /// <summary>Of the room that one vehicle takes in a queue, in (mean rooms)²: cars and trucks.</summary>
    private const double OfRoom = 0.04;

    private double between;
    private double behind;

    /// <summary>In vehicles²; 0 or more.</summary>
    public double Value => between + behind;

    /// <summary>What is counted was only expected, since loops are lost: as uncertain as a Poisson number.</summary>
    public bool IsExpected { get; set; }

    /// <summary>So many vehicles were counted, in or out.</summary>
    public void Count(int vehicles) => between += vehicles * (IsExpected ? 1 : OfCount);

    /// <summary>Nobody waits; so many are between the loops still on their way.</summary>
    public void Clear(int coming) => (between, behind) = (coming * OfCount, 0);

    /// <summary>So many vehicles fit between the loops, and the room is full.</summary>
    public void Fill(int storage) => between = Math.Min(between, storage * OfRoom);

    /// <summary>Somebody has come to stand behind the advance loop.</summary>
    /// <param name="vehicles">The mean; 0 or more.</param>
    public void Expect(double vehicles) => behind += vehicles;

    /// <summary>Nobody is behind the advance loop.</summary>
    public void End() => behind = 0;
}
