namespace TrafficAI.Optimisation;

/// <summary>How many vehicles come to each stop lane, and how many wait where they cannot be seen.</summary>
/// <remarks>A running mean over five minutes of the vehicles that come into sight. While a queue reaches the end of sight nobody new can be
/// seen: the mean stays, and the queue is taken to grow by it. So a lane that waits becomes dearer from second to second.</remarks>
public sealed class ArrivalRates
{
    private const double MemorySeconds = 300;
    private const double PriorPerSecond = 0.05;
    private const double PriorWeightSeconds = 60;

    /// <summary>A queue that ends so near to the end of sight may reach beyond it.</summary>
    private const double NearEndMetres = 2 * DischargeRates.JamSpacingMetres;

    /// <summary>No queue out of sight is believed to be longer.</summary>
    private const double LongestUnseen = 40;

    private readonly double[] perSecond;
    private readonly double[] unseen;
    private readonly double[] sightMetres;
    private readonly double[] sightSeconds;
    private readonly int[] entered;
    private HashSet<uint> before = [];
    private HashSet<uint> now = [];
    private double weightSeconds = PriorWeightSeconds;
    private bool first = true;

    public ArrivalRates(IntersectionModel model)
    {
        perSecond = new double[model.Lanes.Length];
        unseen = new double[model.Lanes.Length];
        sightMetres = new double[model.Lanes.Length];
        sightSeconds = new double[model.Lanes.Length];
        entered = new int[model.Lanes.Length];
        Array.Fill(perSecond, PriorPerSecond);
    }

    /// <summary>Mean arrivals of a lane, in vehicles per second.</summary>
    public double PerSecond(int lane) => perSecond[lane];

    /// <summary>Vehicles that are believed to wait behind the last one that is seen; 0 or more.</summary>
    public double Unseen(int lane) => unseen[lane];

    /// <summary>The farthest that a moving vehicle of the lane has been seen, in metres from the stop line; 0 before the first one.</summary>
    public double SightMetres(int lane) => sightMetres[lane];

    /// <summary>Longest time to the stop line of a moving vehicle that has been seen; 0 before the first one.</summary>
    public double SightSeconds(int lane) => sightSeconds[lane];

    /// <summary>Takes in the picture of one second.</summary>
    public void Observe(TrafficPicture picture)
    {
        now.Clear();
        weightSeconds = Math.Min(MemorySeconds, weightSeconds + 1);
        for (var lane = 0; lane < entered.Length; lane++) CountEntered(lane, picture.Lanes[lane]);
        if (!first)
        {
            for (var lane = 0; lane < entered.Length; lane++) Learn(lane, picture.Lanes[lane]);
        }

        first = false;
        (before, now) = (now, before);
    }

    private void CountEntered(int lane, LaneTraffic traffic)
    {
        entered[lane] = 0;
        foreach (var vehicle in traffic.Vehicles)
        {
            now.Add(vehicle.Key);
            if (!before.Contains(vehicle.Key)) entered[lane]++;
            if (vehicle.Standing) continue;
            sightMetres[lane] = Math.Max(sightMetres[lane], vehicle.DistanceMetres);
            sightSeconds[lane] = Math.Max(sightSeconds[lane], vehicle.ArrivalSeconds);
        }
    }

    private void Learn(int lane, LaneTraffic traffic)
    {
        if (traffic.ArrivalsPerSecond is { } told)
        {
            (perSecond[lane], unseen[lane]) = (told, 0);
            return;
        }

        if (ReachesEndOfSight(lane, traffic))
        {
            unseen[lane] = Math.Clamp(unseen[lane] + perSecond[lane] - entered[lane], 0, LongestUnseen);
            return;
        }

        unseen[lane] = 0;
        perSecond[lane] += (entered[lane] - perSecond[lane]) / weightSeconds;
    }

    private bool ReachesEndOfSight(int lane, LaneTraffic traffic) =>
        sightMetres[lane] > 0
        && !traffic.Vehicles.IsEmpty
        && traffic.Vehicles[^1].Standing
        && traffic.Vehicles[^1].DistanceMetres + NearEndMetres >= sightMetres[lane];
}
