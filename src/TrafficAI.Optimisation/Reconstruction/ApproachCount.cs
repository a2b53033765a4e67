namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>Who came to one approach, and who left it.</summary>
internal sealed class ApproachCount(int edge)
{
    private readonly List<(double Second, double DistanceMetres, int Lane)> came = [];
    private readonly SortedDictionary<int, int> counted = [];
    private readonly SortedDictionary<int, int> given = [];

    /// <summary>By rising second, those who still wait last.</summary>
    public List<(long? Second, int Exit)> Left { get; } = [];

    /// <summary>A vehicle on a lane, counted before the stop line.</summary>
    public void Count(int lane, int vehicles)
    {
        if (vehicles > 0) counted[lane] = counted.GetValueOrDefault(lane) + vehicles;
    }

    /// <summary>A vehicle that was seen for the first time.</summary>
    public void See(double second, double distanceMetres) => came.Add((second, distanceMetres, NextLane()));

    /// <summary>As many have come as have left and are before the stop line; if that is fewer than were believed, the last ones have not come after all.</summary>
    public void Believe(double second, double distanceMetres, int before)
    {
        var all = Left.Count + before;
        if (came.Count > all) came.RemoveRange(all, came.Count - all);
        while (came.Count < all) See(second, distanceMetres);
    }

    /// <summary>As many as left or wait. The i-th came when the same share of all counts had come, and not later than it could have.</summary>
    public IEnumerable<Visit> Visits()
    {
        for (var i = 0; i < Left.Count; i++)
        {
            var (second, exit) = Left[i];
            var (first, distance, lane) = came.Count == 0 ? (second ?? 0, 0, -1) : came[(int)((i + 0.5) * came.Count / Left.Count)];
            yield return new(edge, Math.Min(first, second ?? first), distance, lane, second, exit);
        }
    }

    /// <summary>The lane on which the next one comes, so that all lanes get the shares that they counted.</summary>
    private int NextLane()
    {
        var (best, most) = (-1, double.NegativeInfinity);
        var all = counted.Sum(one => one.Value);
        foreach (var (lane, vehicles) in counted)
        {
            var missing = (double)vehicles * (came.Count + 1) / all - given.GetValueOrDefault(lane);
            if (missing > most) (best, most) = (lane, missing);
        }
        if (best >= 0) given[best] = given.GetValueOrDefault(best) + 1;
        return best;
    }
}
