using System.Runtime.CompilerServices;

namespace TrafficAI.Optimisation;

/// <summary>What a rollout has cost so far, in vehicle-seconds of waiting; later ones count less: what the model says of a time after several
/// changes is hardly true of the street any more, and how long they take is the junction's own.</summary>
/// <param name="changeSeconds">What a change of phase takes on average, the minimum green after it included.</param>
public sealed class RolloutCost(double changeSeconds)
{
    /// <summary>A second of waiting counts 1/e of one now after so many changes.</summary>
    private const double Changes = 3;

    private readonly double[] discounts = DiscountTable(Changes * changeSeconds);

    public double Sum { get; private set; }

    /// <summary>Of the sum: waiting of pedestrians.</summary>
    public double Pedestrians { get; private set; }

    /// <summary>Of the sum: what is lost in gaining speed again.</summary>
    public double SpeedingUp { get; private set; }

    /// <summary>Of the sum: what those will still cost who are overdue.</summary>
    public double Overdue { get; private set; }

    /// <summary>What a second of waiting at second <paramref name="t"/> of the rollout counts, 0 to 1.</summary>
    /// <param name="t">0 to <see cref="RolloutRun.HorizonSeconds"/>.</param>
    public double At(int t) => discounts[t];

    public void Reset() => (Sum, Pedestrians, SpeedingUp, Overdue) = (0, 0, 0, 0);

    /// <summary>Adds waiting of second <paramref name="t"/>; less than nothing takes it back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int t, double waiting) => Sum += discounts[t] * waiting;

    /// <summary>Adds what a vehicle loses that passes in second <paramref name="t"/>, until it has its speed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSpeedingUp(int t, double lost)
    {
        Add(t, lost);
        SpeedingUp += discounts[t] * lost;
    }

    /// <summary>Adds waiting that is still to come of those who are overdue in second <paramref name="t"/>.</summary>
    public void AddOverdue(int t, double waiting)
    {
        Add(t, waiting);
        Overdue += discounts[t] * waiting;
    }

    /// <summary>Adds a second of vehicles and pedestrians who wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSecond(int t, double vehicles, double pedestrians)
    {
        Add(t, vehicles + pedestrians);
        Pedestrians += discounts[t] * pedestrians;
    }

    /// <summary>Adds waiting of pedestrians over several seconds, of which later ones count less already.</summary>
    public void AddPedestrians(double waiting)
    {
        Add(0, waiting);
        Pedestrians += waiting;
    }

    private static double[] DiscountTable(double seconds)
    {
        var table = new double[RolloutRun.HorizonSeconds + 1];
        table[0] = 1;
        for (var t = 1; t < table.Length; t++) table[t] = table[t - 1] * (seconds / (seconds + 1));
        return table;
    }
}
