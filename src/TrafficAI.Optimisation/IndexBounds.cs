namespace TrafficAI.Optimisation;

/// <summary>How much a lane can add to the index of a phase at most, when so many are on it: they leave one by one, from the beginning
/// of green at the soonest.</summary>
public sealed class IndexBounds
{
    /// <summary>More than all that rounding can add.</summary>
    public const double Slack = 1e-9;

    /// <summary>With more vehicles the bound does not rise any more, or hardly.</summary>
    private const int MostVehicles = 32;

    private readonly RolloutTables tables;
    private readonly double[] most;

    public IndexBounds(RolloutTables tables)
    {
        this.tables = tables;
        var pairs = tables.Phases * tables.Phases;
        most = new double[pairs * tables.Lanes * (MostVehicles + 1)];
        for (var pair = 0; pair < pairs; pair++)
        {
            for (var lane = 0; lane < tables.Lanes; lane++) Fill(pair, lane);
        }
    }

    /// <summary>In vehicles per second.</summary>
    /// <param name="pair">From-phase × phases + to-phase.</param>
    /// <param name="vehicles">Who may be served; less than 0 counts as none.</param>
    public double AtMost(int pair, int lane, int vehicles) => most[At(pair, lane) + Math.Clamp(vehicles, 0, MostVehicles)];

    private int At(int pair, int lane) => (pair * tables.Lanes + lane) * (MostVehicles + 1);

    private void Fill(int pair, int lane)
    {
        var opens = Opens(pair, lane);
        var at = At(pair, lane);
        for (var n = 1; n <= MostVehicles; n++)
        {
            var second = (int)(opens + (n - 1) * DischargeRates.HeadwaySeconds - Slack);
            most[at + n] = Math.Max(most[at + n - 1], n / (double)Math.Max(second + 1, tables.ShortestSeconds[pair]));
        }

        most[at + MostVehicles] = Math.Max(most[at + MostVehicles], 1 / DischargeRates.HeadwaySeconds + 1.0 / tables.ShortestSeconds[pair]);
    }

    private int Opens(int pair, int lane)
    {
        var to = pair % tables.Phases;
        var first = int.MaxValue;
        for (var m = 0; m < tables.Movements; m++)
        {
            if (tables.LaneOf[m] == lane && tables.Rights[to * tables.Movements + m] != Right.None) first = Math.Min(first, tables.Opens[pair * tables.Movements + m]);
        }

        return first == int.MaxValue ? 0 : first;
    }
}
